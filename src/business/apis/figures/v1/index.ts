export { figuresV1 } from './api.ts';
export type { FiguresNeeds } from './needs.ts';
