import type { Database } from '#platform/storage';
import type { OutboxNeeds } from './outbox.ts';
import { closeChannelCase, openChannelCase } from './sql/channel-cases.ts';

/** A channel that does not take what it is told is a case: otherwise nobody would hear of it. */
export const channelCases = ({ pool }: Database): Pick<OutboxNeeds, 'broken' | 'mended'> => ({
  broken: async (channel, failure) => {
    const summary = `Alerts cannot be told to ${channel}: ${failure}. Mend the channel or its configuration; what waits is told then.`;
    await pool.query(openChannelCase, [channel, summary]);
  },
  mended: async (channel) => {
    await pool.query(closeChannelCase, [channel]);
  },
});
