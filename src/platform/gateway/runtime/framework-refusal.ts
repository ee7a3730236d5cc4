import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { type ProblemDetails, problemDetails, type Refused } from './problem.ts';

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

/** What the HTTP framework refused, in our words; undefined when it is not of that kind. */
export function frameworkRefusal(thrown: unknown, bodyLimit: number): Refused | undefined {
  switch (codeOf(thrown)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return {
        problem: 'body-too-large',
        detail: `The body may have at most ${bodyLimit} bytes. Send less at a time.`,
      };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { problem: 'unsupported-media-type', detail: 'Send the body as "Content-Type: application/json".' };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return { problem: 'malformed-request', detail: 'The body is not as long as Content-Length says.' };
    case 'FST_ERR_BAD_URL':
      return {
        problem: 'malformed-request',
        detail: 'The address has a percent sign that encodes nothing: encode it as %25.',
      };
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return { problem: 'not-found', detail: 'A part of the address is longer than any that exists.' };
    default: {
      const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 500;
      return status >= 400 && status < 500
        ? { problem: 'malformed-request', detail: 'The request could not be read to its end. Send it again, whole.' }
        : undefined;
    }
  }
}

/** The problem for bytes that never became a request. */
function rawProblem(thrown: unknown): ProblemDetails {
  const id = randomUUID();
  switch (codeOf(thrown)) {
    case 'HPE_HEADER_OVERFLOW':
      return problemDetails({ problem: 'headers-too-large', detail: 'Send fewer or shorter header fields.' }, id);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problemDetails({ problem: 'request-timeout', detail: 'The request did not arrive whole in time.' }, id);
    default:
      return problemDetails({ problem: 'malformed-request', detail: 'This is not HTTP as RFC 9112 has it.' }, id);
  }
}

/** Answers bytes that never became a request, and closes the connection: what follows on it cannot be trusted. */
export function answerRaw(thrown: unknown, socket: Socket): void {
  if (codeOf(thrown) === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = rawProblem(thrown);
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
