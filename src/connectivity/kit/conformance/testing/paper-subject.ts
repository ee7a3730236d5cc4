import type { Call, Inquiry } from '#model/kernel';
import type { Subject } from '../subject.ts';
import { createPaperConnector, type Defect } from './paper-connector.ts';
import { createPaperSystem } from './paper-system.ts';

interface Posts {
  post(request: object, call: Call): Promise<void>;
  findPost(request: object, call: Call): Promise<Inquiry<object>>;
}

/** The suite's subject on paper; its title is the defect that it has. */
export function paperSubject(defect?: Defect): Subject {
  return {
    name: defect ?? 'a good connector',
    connector: createPaperConnector(createPaperSystem(), defect),
    settings: { user: 'u', password: { env: 'PAPER_PASSWORD' } },
    open: async (clock) => {
      const system = createPaperSystem();
      const connector = createPaperConnector(system, defect);
      const services = { instance: 'paper-main', clock, log: () => undefined };
      const connection = connector.connect({ user: 'u', password: 'p' }, services);
      const posts = connection.capabilities.posts as Posts;
      return {
        connection,
        reads: [],
        writes: [
          {
            verb: 'posts.post',
            send: (_, call) => posts.post({}, call),
            find: (_, call) => posts.findPost({}, call),
            effects: async () => system.effects(),
          },
        ],
        feeds: [{ feed: 'items', occur: async (count) => system.occur(count) }],
        provoke: {
          expireCredentials: async () => {
            const before = system.signIns();
            system.expire();
            return async () => system.signIns() - before;
          },
          limitRate: async (seconds) => system.limit(seconds),
          loseAnswer: async () => system.next('lost'),
          garble: async (name) => (name === 'items' ? system.garbleRead() : system.next('garbled')),
          outage: async () => system.leave(),
          calm: async () => system.calm(),
        },
        close: () => connection.close(),
      };
    },
  };
}
