import type { FactLine, NoticeContent, NoticeKind, OrderFactData } from '#business/flows';
import { type Decimal, isPositive, isZero } from '#model/kernel';

/** One line of text: whatever a name or a description brings with it, it cannot begin another line or a header. */
const onOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim();

const longestSubject = 150;

const lineText = (line: FactLine, quantity: Decimal): string =>
  onOneLine(`${quantity} ${line.unit} ${line.item}${line.description === undefined ? '' : ` ${line.description}`}`);

const listOf = (lines: readonly FactLine[], quantityOf: (line: FactLine) => Decimal): readonly string[] =>
  lines.filter((line) => isPositive(quantityOf(line))).map((line) => `  ${lineText(line, quantityOf(line))}`);

const orderName = ({ orderNumber, customerPurchaseOrder }: OrderFactData): string =>
  onOneLine(`${orderNumber}${customerPurchaseOrder === undefined ? '' : ` (your order ${customerPurchaseOrder})`}`);

const waiting = ({ waiting: quantity }: FactLine): Decimal => quantity;
const wanted = ({ quantity }: FactLine): Decimal => quantity;

interface Words {
  readonly subject: string;
  readonly paragraphs: readonly (readonly string[])[];
}

const dateText = ({ requestedDate }: OrderFactData): string =>
  requestedDate === undefined ? 'It leaves as soon as it is packed.' : `You asked for it on ${requestedDate}.`;

function acknowledgement(fact: OrderFactData): Words {
  const { lines = [] } = fact;
  const late = listOf(lines, waiting);
  return {
    subject: `We have your order ${orderName(fact)}`,
    paragraphs: [
      [`Thank you. Your order ${orderName(fact)} is confirmed. ${dateText(fact)}`],
      ['You ordered:', ...listOf(lines, wanted)],
      late.length === 0
        ? ['Everything is in stock.']
        : ['Not in stock now; we send it when it is, and tell you:', ...late],
    ],
  };
}

function dispatch(fact: OrderFactData): Words {
  const { shipment, lines = [] } = fact;
  const rest = lines.filter(({ quantity, shipped }) => quantity !== shipped);
  const carrier = shipment?.carrier === undefined ? '' : ` with ${shipment.carrier}`;
  const tracking =
    shipment?.trackingNumber === undefined ? [] : [onOneLine(`Tracking number: ${shipment.trackingNumber}`)];
  return {
    subject: `${rest.length === 0 ? 'Your order' : 'Part of your order'} ${orderName(fact)} is on its way`,
    paragraphs: [
      [
        onOneLine(
          `Shipment ${shipment?.shipmentNumber ?? ''} of your order ${orderName(fact)} left our warehouse${carrier}.`,
        ),
        ...tracking,
      ],
      rest.length === 0 ? ['With it, everything has left.'] : ['The rest follows.'],
    ],
  };
}

const backorder = (fact: OrderFactData): Words => ({
  subject: `Part of your order ${orderName(fact)} must wait`,
  paragraphs: [
    [
      `Of your order ${orderName(fact)} the following is not in stock. We send it as soon as it is:`,
      ...listOf(fact.lines ?? [], waiting),
    ],
    ['You need do nothing. If you no longer want it, tell us.'],
  ],
});

const delay = (fact: OrderFactData): Words => ({
  subject: `Your order ${orderName(fact)} is late`,
  paragraphs: [
    [
      `Your order ${orderName(fact)} has not left our warehouse in time. We are asking why, and tell you when it leaves.`,
    ],
  ],
});

function cancellation(fact: OrderFactData): Words {
  const { lines = [] } = fact;
  const shipped = lines.some((line) => !isZero(line.shipped));
  return {
    subject: `${shipped ? 'The rest of your order' : 'Your order'} ${orderName(fact)} is cancelled`,
    paragraphs: [
      [`This is cancelled and will not be sent or invoiced:`, ...listOf(lines, ({ cancelled }) => cancelled)],
      shipped ? ['What had left before is on its way to you.'] : ['Nothing was sent.'],
    ],
  };
}

const words: Readonly<Record<NoticeKind, (fact: OrderFactData) => Words>> = {
  acknowledgement,
  'part-shipment': dispatch,
  dispatch,
  backorder,
  delay,
  cancellation,
};

/** A notice in plain words. */
export function noticeOf(kind: NoticeKind, id: string, fact: OrderFactData): NoticeContent {
  const { subject, paragraphs } = words[kind](fact);
  const text = `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
  return { id: onOneLine(id).slice(0, 200), kind, subject: onOneLine(subject).slice(0, longestSubject).trim(), text };
}
