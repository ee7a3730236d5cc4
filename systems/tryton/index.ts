export { type RealTryton, type RealTrytonOptions, realTryton } from './real-tryton.ts';
