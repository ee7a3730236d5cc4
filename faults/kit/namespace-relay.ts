import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Runs inside a network namespace: carries what comes over the network to a socket in the file system, which has no namespace. */
const [host = '', socketFile = ''] = process.argv.slice(2);
const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
  const far = connect({ path: socketFile, allowHalfOpen: true });
  const end = (): void => {
    near.destroy();
    far.destroy();
  };
  for (const each of [near, far]) each.on('error', end).on('close', end);
  near.pipe(far);
  far.pipe(near);
});
process.stdin.on('end', () => process.exit(0)).resume();
server.listen(0, host);
await once(server, 'listening');
const address = server.address();
process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
