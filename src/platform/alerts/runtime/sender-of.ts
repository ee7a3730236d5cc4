import { Webhook } from 'standardwebhooks';
import type { AlertChannel, ChatChannel, WebhookChannel } from '../rule.ts';
import { textOf } from './describe-post.ts';
import { inTime } from './in-time.ts';
import type { OutgoingNeeds } from './outgoing-way.ts';
import { postJson } from './post-json.ts';
import { emailSender } from './send-email.ts';
import type { Sender } from './sender.ts';

export interface SenderNeeds extends OutgoingNeeds {
  /** W3C `traceparent` of what is told of an alert, or of a digest by its own id; absent: none is sent. */
  readonly traceparent?: ((alert: string, occasion: string) => string) | undefined;
}

/** Standard Webhooks: one signature for each secret, over id, moment of the attempt, and body. */
function webhookSender(needs: SenderNeeds, { url, secrets }: WebhookChannel): Sender {
  const keys = secrets.map((secret) => new Webhook(secret));
  return async (post, id, at) => {
    const data = post.kind === 'alert' ? post.message : { messages: post.messages };
    const type = post.kind === 'alert' ? `alert.${post.message.occasion}` : 'alert.digest';
    const timestamp = post.kind === 'alert' ? post.message.at : post.at;
    const body = JSON.stringify({ type, timestamp, data });
    const moment = new Date(at);
    const traceparent = needs.traceparent?.(post.kind === 'alert' ? post.message.alert : id, type);
    await postJson(needs, url, body, {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(moment.getTime() / 1_000)),
      'webhook-signature': keys.map((key) => key.sign(id, moment, body)).join(' '),
      ...(traceparent === undefined ? {} : { traceparent }),
    });
  };
}

/** In their mark-up a name could call everybody, or be a link. */
const plain = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function chatSender(needs: OutgoingNeeds, { url }: ChatChannel): Sender {
  return (post) => postJson(needs, url, JSON.stringify({ text: plain(textOf(post)) }));
}

function reaching(needs: SenderNeeds, channel: AlertChannel): Sender {
  switch (channel.kind) {
    case 'webhook':
      return webhookSender(needs, channel);
    case 'chat':
      return chatSender(needs, channel);
    case 'email':
      return emailSender(needs, channel);
  }
}

/** Looking the name up, connecting and telling have this many patiences together: less than the outbox leaves an attempt. */
const patiences = 3;

/** How posts reach a channel. */
export function senderOf(needs: SenderNeeds, channel: AlertChannel): Sender {
  const send = reaching(needs, channel);
  return (post, id, at) => inTime(send(post, id, at), patiences * needs.patienceMs);
}
