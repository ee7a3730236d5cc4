import { Gauge, type Registry } from 'prom-client';
import type { OpenStreams } from './open-streams.ts';

/** How many streams of events are open on this node, measured when it is read. */
export function countStreams(open: OpenStreams, registry: Registry): void {
  new Gauge({
    name: 'http_event_streams',
    help: 'Streams of server-sent events that are open on this node.',
    registers: [registry],
    collect() {
      this.set(open.count());
    },
  });
}
