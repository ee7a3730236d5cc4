import type { AlertMessage, AlertPost } from '../rule.ts';

const words = { opened: '', repeated: 'still: ', over: 'over: ' } as const;

/** One line: no line break of a name may begin another. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const longestLine = 300;
/** Of a digest; a chat cuts what is too long. */
const mostShown = 30;
const cut = (text: string): string => (text.length <= longestLine ? text : `${text.slice(0, longestLine - 1)}…`);

const worthOf = ({ worth }: AlertMessage): string =>
  worth.map(({ amount, currency }) => `${amount} ${currency}`).join(' and ');

function line(message: AlertMessage): string {
  return cut(oneLine(`${words[message.occasion]}${message.headline}`));
}

function lines(message: AlertMessage): readonly string[] {
  const worth = worthOf(message);
  return [
    line(message),
    ...(worth === '' || message.occasion === 'over' ? [] : [`At stake: ${worth}.`]),
    ...(message.examples.length === 0 || message.occasion === 'over'
      ? []
      : [`For example: ${cut(oneLine(message.examples.join(', ')))}.`]),
    `Rule ${message.rule}, since ${message.openedAt}.`,
  ];
}

/** What a post says in one line. */
export function titleOf(post: AlertPost): string {
  if (post.kind === 'alert') return `[${post.message.severity}] ${line(post.message)}`;
  return `[digest] ${post.messages.length} alerts while it was quiet`;
}

/** What a post says to a person, as plain text. */
export function textOf(post: AlertPost): string {
  if (post.kind === 'alert') return [titleOf(post), ...lines(post.message).slice(1)].join('\n');
  const shown = post.messages.slice(0, mostShown);
  const more = post.messages.length - shown.length;
  return [
    titleOf(post),
    ...shown.map((message) => `\n${message.at} [${message.severity}] ${lines(message).join('\n')}`),
    ...(more > 0 ? [`\nand ${more} more.`] : []),
  ].join('\n');
}
