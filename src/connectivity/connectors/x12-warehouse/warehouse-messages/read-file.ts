import type { UnreadableMessage } from '#connectivity/kit';
import {
  type Finding,
  type Group,
  type Interchange,
  type InterchangesRead,
  setText,
  type TransactionSet,
} from '#connectivity/protocols/x12';
import type { Instant } from '#model/kernel';
import { failureOf } from '../faults.ts';
import type { WarehouseSettings } from '../settings.ts';
import { acknowledgementMessage, type OrderLookup } from './acknowledgement-messages.ts';
import { adviceMessage } from './advice-messages.ts';
import type { Failure } from './shipping-advice.ts';
import { digestOf, nothing, originalOf, type Translated } from './translated.ts';

/** A file from the warehouse, read as X12. */
export interface WarehouseFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly read: InterchangesRead;
  /** When the server says that it was written. */
  readonly writtenAt: Instant;
}

const refuse = (id: string, failures: readonly Failure[], original: string): Translated => ({
  messages: [],
  unreadable: [{ id, failures, original: originalOf(original) } satisfies UnreadableMessage],
});

const joined = (parts: readonly Translated[]): Translated => ({
  messages: parts.flatMap(({ messages }) => messages),
  unreadable: parts.flatMap(({ unreadable }) => unreadable),
});

/** GS04 and GS05; warehouses are agreed to write UTC. */
function reportedAt({ date, time }: Group['header'], otherwise: Instant): Instant {
  const [, hours = '', minutes = '', seconds = '00'] = /^(\d\d)(\d\d)(\d\d)?/.exec(time) ?? [];
  const text = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}T${hours}:${minutes}:${seconds}.000Z`;
  return Number.isNaN(Date.parse(text)) ? otherwise : new Date(text).toISOString();
}

function strangers({ header }: Interchange, { us, them }: WarehouseSettings): readonly Failure[] {
  const failures: Failure[] = [];
  const expect = (element: string, found: string, wanted: string) => {
    if (found === wanted) return;
    const message = `${element} is ${found || 'empty'}, agreed is ${wanted}`;
    failures.push({ code: 'wrong-partner', path: `ISA/1/${element.slice(3)}`, message });
  };
  expect('ISA06', header.sender, them.interchangeId);
  expect('ISA08', header.receiver, us.interchangeId);
  return failures;
}

/** Translates a file: each set that is good, and each thing that is not with everything that is wrong with it. */
export async function translateFile(
  file: WarehouseFile,
  settings: WarehouseSettings,
  orderOf: OrderLookup,
): Promise<Translated> {
  const digest = digestOf(file.content);

  const translateSet = async (set: TransactionSet, group: Group, id: string): Promise<Translated> => {
    const at = reportedAt(group.header, file.writtenAt);
    const original = setText(set.segments);
    if (set.identifier === '945') {
      const read = adviceMessage(set, { site: settings.site, reportedAt: at });
      return read.ok ? { messages: [read.value], unreadable: [] } : refuse(id, read.failures, original);
    }
    if (set.identifier === '997') {
      const read = await acknowledgementMessage(set, at, orderOf);
      if (!read.ok) return refuse(id, read.failures, original);
      return read.value === undefined ? nothing : { messages: [read.value], unreadable: [] };
    }
    const message = `set ${set.identifier} is not agreed with this warehouse; agreed are 945 and 997`;
    return refuse(
      id,
      [...set.findings.map(failureOf), { code: 'set-not-supported', path: 'ST/1/1', message }],
      original,
    );
  };
  const refuseWhole = (findings: readonly (Finding | Failure)[], sets: readonly TransactionSet[], id: string) => {
    const failures = findings.map((finding) => ('path' in finding ? finding : failureOf(finding)));
    return refuse(id, failures, sets.map(({ segments }) => setText(segments)).join('\n'));
  };
  const translateGroup = async (group: Group, id: string): Promise<Translated> => {
    if (group.findings.length > 0) return refuseWhole(group.findings, group.sets, id);
    const parts: Translated[] = [];
    for (const [place, set] of group.sets.entries()) parts.push(await translateSet(set, group, `${id}:${place + 1}`));
    return joined(parts);
  };
  const translateInterchange = async (interchange: Interchange, id: string): Promise<Translated> => {
    const wrong = [...interchange.findings, ...strangers(interchange, settings)];
    const all = interchange.groups.flatMap(({ sets }) => sets);
    if (wrong.length > 0) return refuseWhole(wrong, all, id);
    const parts: Translated[] = [];
    for (const [place, group] of interchange.groups.entries()) {
      parts.push(await translateGroup(group, `${id}:${place + 1}`));
    }
    return joined(parts);
  };

  const parts: Translated[] = [];
  if (file.read.findings.length > 0) {
    const text = Buffer.from(file.content).toString('utf8').replaceAll('\0', ' ');
    parts.push(refuse(`unreadable:${digest}`, file.read.findings.map(failureOf), text));
  }
  for (const [place, interchange] of file.read.interchanges.entries()) {
    parts.push(await translateInterchange(interchange, `unreadable:${digest}:${place + 1}`));
  }
  return joined(parts);
}
