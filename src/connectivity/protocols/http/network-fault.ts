import { Fault } from '#model/kernel';

/** No byte of the request left: these end an attempt to connect. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

const codeOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'UNKNOWN';
  const { code } = thrown as Error & { readonly code?: unknown };
  return typeof code === 'string' ? code : thrown.name;
};

/** What may be done after a request that got no whole answer. */
export function networkFault(thrown: unknown, request: { readonly writes: boolean; readonly origin: string }): Fault {
  const code = codeOf(thrown);
  if (neverSent.has(code)) {
    return new Fault(
      'transient',
      { code: 'unreachable', message: `${request.origin} cannot be reached (${code}).` },
      thrown,
    );
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    const kind = request.writes ? 'ambiguous' : 'permanent';
    return new Fault(
      kind,
      { code: 'answer-too-long', message: `${request.origin} answered more than is read.` },
      thrown,
    );
  }
  const message = `${request.origin} gave no whole answer (${code}).`;
  return request.writes
    ? new Fault('ambiguous', { code: 'answer-lost', message }, thrown)
    : new Fault('transient', { code: 'answer-lost', message }, thrown);
}

/** The caller's time was over before anything was sent. */
export const notSent = (origin: string): Fault =>
  new Fault('transient', { code: 'time-over', message: `The time for the call was over before ${origin} was asked.` });
