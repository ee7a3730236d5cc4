import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';

/** Writes by an API as somebody who is signed in. Throws with what was said when that is not good. */
export async function actAs<Answer>(person: string, path: string, body: object): Promise<Answer> {
  const { url } = inject('demo');
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: {
      cookie: `crossdock_session=${inject('sessions')[person]}`,
      origin: url,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${person}, ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as Answer;
}
