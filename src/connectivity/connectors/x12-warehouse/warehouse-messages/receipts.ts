import {
  acknowledgement,
  checkSet,
  type Group,
  type Interchange,
  readInterchanges,
  type TransactionSet,
  writeInterchange,
} from '#connectivity/protocols/x12';
import type { Clock } from '#model/kernel';
import { envelope } from '../fulfilment/order-document.ts';
import type { OutgoingDocument } from '../outbox.ts';
import type { WarehouseSettings } from '../settings.ts';
import { functionalIdentifier, rules945, version } from '../wire.ts';
import type { WarehouseFile } from './read-file.ts';
import { digestOf } from './translated.ts';

/** Syntax alone; what a set means is no matter for a 997. */
const syntaxOf = (set: TransactionSet) =>
  set.identifier === '945'
    ? checkSet(set, rules945)
    : [{ code: 'set-not-supported' as const, message: `set ${set.identifier} is not agreed` }];

/** An acknowledgement is not acknowledged: that would never end. */
const isAcknowledged = (group: Group): boolean => group.header.functionalIdentifier !== functionalIdentifier['997'];

const isAbout = (content: Uint8Array, { header }: Group): boolean =>
  readInterchanges(content).interchanges.some(({ groups }) =>
    groups.some(({ sets }) =>
      sets.some(({ segments }) =>
        segments.some(
          ([name, about, control]) =>
            name === 'AK1' && about === header.functionalIdentifier && control === header.control,
        ),
      ),
    ),
  );

/** The 997 that are due for a file: one for each group that can be answered. The same file, named anew, has the same ones. */
export function receiptsFor(
  file: WarehouseFile,
  settings: WarehouseSettings,
  clock: Clock,
): readonly OutgoingDocument[] {
  const answerable = ({ complete, findings, header }: Interchange): boolean =>
    complete && findings.length === 0 && header.sender === settings.them.interchangeId;
  const digest = digestOf(file.content);
  const groups = file.read.interchanges.filter(answerable).flatMap((interchange) => interchange.groups);
  const { us, them } = settings;
  return groups.filter(isAcknowledged).map((group, place) => ({
    key: `997:${them.interchangeId}:${group.header.control}:${digest}:${place}`,
    type: '997',
    write: (control) => {
      const set = { identifier: '997', control: '0001', body: acknowledgement(group, syntaxOf) };
      const sides = { sender: us.groupId, receiver: them.groupId, control, version };
      const answer = { functionalIdentifier: functionalIdentifier['997'], ...sides, sets: [set] };
      return writeInterchange({ ...envelope(settings, control, clock.now()), groups: [answer] });
    },
    isIt: (content) => isAbout(content, group),
  }));
}
