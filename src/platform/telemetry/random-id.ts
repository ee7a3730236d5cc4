import { getRandomValues } from 'node:crypto';

/** Ids are made out of a stock of chance: asking for eight bytes of it each time would cost more than the span. */
const stock = Buffer.allocUnsafe(4_096);
let used = stock.length;

/** So many random bytes as hexadecimal digits. */
export function randomId(bytes: 8 | 16): string {
  if (used + bytes > stock.length) {
    getRandomValues(stock);
    used = 0;
  }
  used += bytes;
  return stock.toString('hex', used - bytes, used);
}
