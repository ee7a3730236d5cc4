import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import { drawFlow, type Flow, tabulateFlow } from '#platform/engine';

const flows: readonly Flow[] = [orderToCash, fulfilment, orderNews, customerNotices];

const opening = '<!-- generated from flow.ts by `npm run flow-pages`; a check compares it -->';
const closing = '<!-- end of the generated part -->';

/** A page with its generated part as the flow's table says. Throws when the page has no place for it. */
export function refreshPage(page: string, flow: Flow): string {
  const from = page.indexOf(opening);
  const to = page.indexOf(closing);
  if (from < 0 || to < from) throw new Error(`the page of ${flow.name} lacks the lines ${opening} and ${closing}`);
  const generated = `\n\n${tabulateFlow(flow.table)}\n\n\`\`\`mermaid\n${drawFlow(flow.table)}\n\`\`\`\n\n`;
  return page.slice(0, from + opening.length) + generated + page.slice(to);
}

/** Compares every flow's README with its table; with `write` it brings them up to date. Answers the flows that differ. */
export function checkFlowPages(root: string, write: boolean): readonly string[] {
  return flows.flatMap((flow) => {
    const file = join(root, 'src/business/flows', flow.name, 'README.md');
    const page = readFileSync(file, 'utf8');
    const fresh = refreshPage(page, flow);
    if (fresh === page) return [];
    if (write) writeFileSync(file, fresh);
    return [flow.name];
  });
}

if (import.meta.main) {
  const write = process.argv.includes('--write');
  const stale = checkFlowPages(join(import.meta.dirname, '..'), write);
  if (stale.length > 0 && !write) {
    process.stderr.write(`the pages of ${stale.join(', ')} are out of date: run npm run flow-pages\n`);
    process.exit(1);
  }
}
