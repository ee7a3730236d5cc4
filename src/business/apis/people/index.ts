export { peopleV1 } from './v1/index.ts';
