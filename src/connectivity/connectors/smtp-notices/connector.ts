import { defineConnector } from '#connectivity/kit';
import { createSmtp } from '#connectivity/protocols/smtp';
import { Notices } from '#model/capabilities';
import { noticesVerbs } from './notices/notices.ts';
import { NoticesSettings } from './settings.ts';

/** Notices to customers by e-mail. */
export const smtpNotices = defineConnector({
  name: 'smtp-notices',
  settings: NoticesSettings,
  manifest: ({ concurrency, perSecond }) => ({
    verbs: { [Notices.name]: { send: { class: 'blind' } } },
    traits: {},
    lane: { concurrency, ...(perSecond === undefined ? {} : { perSecond }) },
  }),
  connect: (settings) => {
    const { host, port, security, username, password, timeoutMs } = settings;
    const smtp = createSmtp({
      ...{ host, port, security, timeoutMs },
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    });
    return {
      capabilities: { [Notices.name]: noticesVerbs(smtp, settings) },
      feeds: [],
      close: async () => undefined,
    };
  },
});
