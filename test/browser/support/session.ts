/** Signs somebody in by a link, as the console does, and answers the session's cookie. */
export async function sessionOf(link: string): Promise<string> {
  const { origin, hash } = new URL(link);
  const answer = await fetch(`${origin}/session/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token: hash.slice(1) }),
  });
  const cookie = /crossdock_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
  if (cookie === undefined) throw new Error(`the link does not sign in: ${answer.status} ${await answer.text()}`);
  return cookie;
}
