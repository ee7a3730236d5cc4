export {
  createHttpClient,
  type HttpAnswer,
  type HttpClient,
  type HttpOptions,
  type HttpRequest,
} from './http-client.ts';
export { retryAfterMs } from './retry-after.ts';
export { statusFault } from './status-fault.ts';
