import { Fault } from '#model/kernel';

/** While nothing could be written for so long, nothing more is taken in: it would only pile up. */
export const refuseWhenStuckMs = 1_500;

/** When what came before it waits for so long, nothing more may begin: it would wait longer still, and hold up what has begun. */
export const refuseWhenBehindMs = 1_000;

/** So long a caller waits for a write, ms: less than callers and proxies do. */
const patienceMs = 8_000;

/** Nothing was acknowledged; it may be written yet, and the same again finds it done. */
export const notWritten = (): Fault =>
  new Fault('transient', {
    code: 'database-unavailable',
    message: 'the database is away: send the same again with the same key',
  });

/** Nothing was taken: more comes in than can be done. */
export const tooMuch = (): Fault =>
  new Fault('transient', {
    code: 'overloaded',
    message: 'more comes in than can be done: send the same again with the same key, in some seconds',
  });

/** What the write answers, or `notWritten` when it takes too long: whoever sends it again under its key gets the answer. */
export async function inTime<Answer>(write: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(notWritten()), patienceMs);
  });
  try {
    return await Promise.race([write, late]);
  } finally {
    clearTimeout(timer);
  }
}
