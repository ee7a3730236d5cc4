import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type {} from '../http-types.ts';
import { refuse } from '../problem.ts';
import { ofPages } from '../security-headers.ts';
import { type ConsoleFile, type Encoding, readConsole } from './console-files.ts';

/** What is not the console's: there an unknown address is a problem, not a page. */
const others: ReadonlySet<string | undefined> = new Set(['api', 'session', 'health', 'metrics']);

const notBuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Crossdock</title></head>
<body><h1>The console is not built</h1>
<p>Run <code>npm run console:build</code> where Crossdock runs, then load this page again.</p>
<p>The APIs work without it.</p></body></html>
`;

/** The path that is meant, decoded; the framework refused what cannot be decoded. */
function pathOf(url: string): string {
  const path = decodeURIComponent(url.split('?', 1)[0] ?? '/');
  if (path.includes('\0')) throw refuse('malformed-request', 'There is a NUL character in the address: remove it.');
  return path;
}

/** Which of the encodings the caller takes, the smaller first. */
export function acceptedEncoding(header: string | string[] | undefined): Encoding | undefined {
  const taken = String(header ?? '')
    .toLowerCase()
    .split(',')
    .filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each))
    .map((each) => each.split(';', 1)[0]?.trim());
  return taken.includes('br') ? 'br' : taken.includes('gzip') ? 'gzip' : undefined;
}

const isNamed = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((each) => each.trim().replace(/^(W\/)?/, 'W/') === etag) === true;

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile): Promise<FastifyReply> {
  reply
    .headers(ofPages)
    .header('etag', file.etag)
    .header('vary', 'accept-encoding')
    .header('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (isNamed(request.headers['if-none-match'], file.etag)) return reply.status(304).send();
  const encoding = acceptedEncoding(request.headers['accept-encoding']);
  const compressed = encoding === undefined ? undefined : await file.compressed(encoding);
  if (compressed !== undefined && encoding !== undefined) reply.header('content-encoding', encoding);
  return reply.type(file.type).send(compressed ?? file.bytes);
}

/**
 * Serves the built console: its files by their paths, and its page at every address that is nothing else's, so that every view
 * of it has an address. A file that is not there is not there: a page in its place would be taken for a script.
 */
export function serveConsole(app: FastifyInstance, { directory }: { readonly directory: string }): void {
  const read = readConsole(directory);
  const config = { access: 'public', api: 'console', operation: 'console' } as const;
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = pathOf(request.url);
    const parts = path.split('/').filter((part) => part !== '');
    if (others.has(parts[0])) throw refuse('not-found', 'Nothing is served at this address.');
    const files = await read();
    const page = files?.get('/index.html');
    if (page === undefined)
      return reply.headers(ofPages).header('cache-control', 'no-store').type('text/html').status(503).send(notBuilt);
    const file = files?.get(path);
    const isFile = parts[0] === 'assets' || (parts.length === 1 && path.includes('.'));
    if (file === undefined && isFile) throw refuse('not-found', 'There is no such file.');
    return sendFile(request, reply, file ?? page);
  };
  for (const url of ['/', '/*']) app.route({ method: ['GET', 'HEAD'], url, config, handler });
}
