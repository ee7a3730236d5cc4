import { type FaultRecord, faultRecord } from '#model/kernel';

/** What came of one call. `unknown`: it may have been done. */
export type CallResult<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'fault'; readonly fault: FaultRecord }
  | { readonly kind: 'unknown'; readonly fault: FaultRecord };

/** How long an aborted call may still tell what became of it, ms. */
const lastWordMs = 500;

function afterAbort<Answer>(result: CallResult<Answer>, timeout: FaultRecord): CallResult<Answer> {
  if (result.kind === 'answer') return result;
  // Only "nothing was done" is believed of a call that was cut off.
  if (result.kind === 'fault' && result.fault.kind === 'transient') return result;
  return { kind: 'unknown', fault: timeout };
}

const classify = (thrown: unknown): CallResult<never> => {
  const fault = faultRecord(thrown);
  return { kind: fault.kind === 'ambiguous' ? 'unknown' : 'fault', fault };
};

/** A call's way to be cut off. Its signal is only made when somebody asks for it: most calls end by themselves. */
export interface Cut {
  readonly signal: AbortSignal;
  now(): void;
}

export function newCut(): Cut {
  let controller: AbortController | undefined;
  let isCut = false;
  return {
    get signal() {
      controller ??= new AbortController();
      if (isCut) controller.abort();
      return controller.signal;
    },
    now: () => {
      isCut = true;
      controller?.abort();
    },
  };
}

/** Makes a call that ends in time: then it is cut off, and unless it says otherwise its outcome is unknown. */
export async function timedCall<Answer>(
  timeoutMs: number,
  cut: Cut,
  call: () => Promise<Answer>,
): Promise<CallResult<Answer>> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'over'>((resolve) => {
    timer = setTimeout(() => resolve('over'), timeoutMs);
  });
  // Also what the call throws before its first await is an outcome.
  const result = (async () => call())().then((answer): CallResult<Answer> => ({ kind: 'answer', answer }), classify);
  const first = await Promise.race([result, over]);
  clearTimeout(timer);
  if (first !== 'over') return first;
  cut.now();
  const timeout: FaultRecord = { kind: 'ambiguous', code: 'timeout', message: `no answer within ${timeoutMs} ms` };
  const silence = new Promise<CallResult<Answer>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'unknown', fault: timeout }), lastWordMs);
  });
  const last = await Promise.race([result, silence]);
  clearTimeout(timer);
  return afterAbort(last, timeout);
}
