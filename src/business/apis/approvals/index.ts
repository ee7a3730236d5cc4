export { approvalsV1 } from './v1/index.ts';
