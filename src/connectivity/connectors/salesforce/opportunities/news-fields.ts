import type { OrderNews } from '#model/capabilities';
import type { SalesforceSettings } from '../settings.ts';

/** Their custom text field holds 255 characters at most. */
const trackingLength = 255;
const cut = '…';

/** As many whole tracking numbers as the field holds. */
function trackingText(numbers: readonly string[]): string | null {
  const whole = numbers.join(', ');
  if (whole.length <= trackingLength) return whole === '' ? null : whole;
  const kept: string[] = [];
  for (const number of numbers) {
    if ([...kept, number].join(', ').length > trackingLength - cut.length - 2) break;
    kept.push(number);
  }
  return `${kept.join(', ')}, ${cut}`;
}

/** An order's news as the fields of its opportunity. */
export const newsFields = (
  news: OrderNews,
  fields: SalesforceSettings['fields'],
): Readonly<Record<string, unknown>> => ({
  [fields.orderNumber]: news.orderNumber,
  [fields.orderState]: news.state.slice(0, 100),
  [fields.trackingNumbers]: trackingText(news.trackingNumbers),
  [fields.newsVersion]: news.version,
});
