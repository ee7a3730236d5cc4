import { createServer } from 'node:http';
import { decimal } from '#model/kernel';
import type { Answer } from './work/order-document.ts';

const answerBytes = 1_500;
const answers = new Map<string, Buffer>();

/** A quotation with a price for each line, filled up to the size of a real answer. */
function answerFor(lines: number): Buffer {
  const answer: Answer = {
    reference: 'SO-2026-0048151',
    at: '2026-03-02T09:30:01.250Z',
    lines: Array.from({ length: lines }, (_, index) => ({
      lineNumber: index + 1,
      unitPrice: decimal(`${1 + (index % 9)}.65`),
      taxPercent: decimal('20'),
    })),
    remarks: '',
  };
  const missing = answerBytes - JSON.stringify(answer).length;
  return Buffer.from(
    JSON.stringify({ ...answer, remarks: 'as agreed with the customer; '.repeat(60).slice(0, Math.max(0, missing)) }),
  );
}

/** Only a quotation speaks of every line of a long order. */
function answerTo(url: string): Buffer {
  const isQuotation = url.startsWith('/quote-prices');
  const lines = Math.min(Number(url.slice(url.indexOf('=') + 1)), isQuotation ? 1_000 : 15);
  const known = answers.get(String(lines));
  if (known) return known;
  const made = answerFor(lines);
  answers.set(String(lines), made);
  return made;
}

const answerMs = Number(process.argv[2] ?? 0);

/** The outside system of the bench: a process of its own that reads each request and answers at once, or as late as it was told to. */
const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  request.on('data', () => undefined);
  request.on('end', () => {
    const answer = (): void => {
      const body = answerTo(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
      response.end(body);
    };
    if (answerMs === 0) answer();
    else setTimeout(answer, answerMs);
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` });
});
process.on('disconnect', () => process.exit(0));
