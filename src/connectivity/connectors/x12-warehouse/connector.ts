import { defineConnector } from '#connectivity/kit';
import { openSftp } from '#connectivity/protocols/sftp';
import { Fulfilment } from '#model/capabilities';
import { fulfilmentVerbs } from './fulfilment/verbs.ts';
import { createOutbox } from './outbox.ts';
import { sftpSettings, WarehouseSettings } from './settings.ts';
import { warehouseMessages } from './warehouse-messages/feed.ts';

/** A warehouse that takes 940 and answers with 945 and 997, all as files over SFTP. */
export const x12Warehouse = defineConnector({
  name: 'x12-warehouse',
  settings: WarehouseSettings,
  manifest: (settings) => {
    const searchable = { class: 'searchable', lateCommitMs: settings.lateCommitMs } as const;
    const read = { class: 'read' } as const;
    return {
      verbs: {
        [Fulfilment.name]: {
          release: searchable,
          findRelease: read,
          requestCancellation: searchable,
          findCancellation: read,
        },
      },
      traits: { milestones: ['shipped'], cancellation: 'verdict', acknowledges: settings.acknowledges },
      lane: { concurrency: settings.concurrency },
    };
  },
  connect: (settings, { clock }) => {
    const sftp = openSftp(sftpSettings(settings));
    const outbox = createOutbox(sftp, settings.folders);
    return {
      capabilities: { [Fulfilment.name]: fulfilmentVerbs(settings, outbox, clock) },
      feeds: [warehouseMessages({ sftp, outbox, settings, clock })],
      close: () => sftp.close(),
    };
  },
});
