export { type TrytonVerbs, tryton } from './connector.ts';
export { TrytonSettings } from './settings.ts';
