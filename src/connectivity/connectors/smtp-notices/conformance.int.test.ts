import { describeConformance, doesNotApply, type Stage } from '#connectivity/kit/conformance';
import type { NoticesVerbs } from '#model/capabilities';
import { systemClock } from '#model/kernel';
import { smtpNotices } from './connector.ts';
import { startMailServer } from './testing/index.ts';

const from = 'orders@crossdock.example';
const settings = { host: '127.0.0.1', port: 2525, security: 'none', from };

async function openStage(): Promise<Stage> {
  let server = await startMailServer();
  const { port, taken } = server;
  const connection = smtpNotices.connect(
    { host: '127.0.0.1', port, security: 'none', from, timeoutMs: 2_000, concurrency: 4 },
    { instance: 'mail', clock: systemClock, log: () => undefined },
  );
  const verbs = connection.capabilities.notices as NoticesVerbs;
  return {
    connection,
    reads: [],
    writes: [
      {
        verb: 'notices.send',
        send: (_, call) => verbs.send({ to: 'buyer@shop.example', subject: 'Your order', text: 'It left.\n' }, call),
        effects: async () => taken.length,
      },
    ],
    feeds: [],
    provoke: {
      expireCredentials: doesNotApply('every mail signs in anew'),
      limitRate: doesNotApply('SMTP says "not now" without a time'),
      loseAnswer: async () => server.meet('cut-after'),
      garble: doesNotApply('an SMTP reply is a number or nothing'),
      outage: () => server.close(),
      calm: async () => {
        server = await startMailServer();
      },
    },
    close: async () => {
      await connection.close();
      await server.close();
    },
  };
}

describeConformance({ name: 'smtp-notices against a mail server', connector: smtpNotices, settings, open: openStage });
