export { type Answer, isProblem, type Outcome, type ProblemReply, type Reply } from './answer.ts';
export { type Api, defineApi, type Lifecycle, type Plan } from './api.ts';
export type { Caller } from './caller.ts';
export { type CsvValue, writeCsv } from './csv.ts';
export type { Access } from './described-route.ts';
export { type Failure, type ProblemKind, type ProblemType, pointerPart } from './failure.ts';
export {
  type PeopleCookie,
  type PeopleDoor,
  type PeopleReply,
  type PeopleRequest,
  type PeopleRoute,
  sessionCookie,
  unattendedHeader,
} from './people-door.ts';
export type { Intent, ReadRequest, WriteRequest } from './request.ts';
export { type AnswerRoute, type AnswerSchemas, isStream, type Route, readRoute, writeRoute } from './route.ts';
export { compileSchema, mostFailures, type SchemaCheck } from './schema-failures.ts';
export { type EventOf, type EventSchemas, type StreamRoute, streamRoute, type ToldEvent } from './stream-route.ts';
