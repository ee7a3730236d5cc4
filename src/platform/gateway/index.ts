export { type Answer, isProblem, type Outcome, type ProblemReply, type Reply } from './answer.ts';
export { type Api, defineApi, type Lifecycle, type Plan } from './api.ts';
export { type Failure, type ProblemKind, type ProblemType, pointerPart } from './failure.ts';
export {
  type Access,
  type AnswerSchemas,
  type Intent,
  type ReadRequest,
  type Route,
  readRoute,
  type WriteRequest,
  writeRoute,
} from './route.ts';
export { compileSchema, mostFailures, type SchemaCheck } from './schema-failures.ts';
