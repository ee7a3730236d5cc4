export { type FiguresNeeds, figuresV1 } from './v1/index.ts';
