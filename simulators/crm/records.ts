import { type Clock, type Instant, millisecondsBetween } from '#model/kernel';
import { objectTypes } from './object-types.ts';
import { longId, recordId } from './record-id.ts';

export type FieldValue = string | number | boolean | null;

/** A record: every field of its object; null where it is empty. */
export type StoredRecord = Readonly<Record<string, FieldValue>> & { readonly Id: string };

/** The organisation's records, in memory. */
export interface Records {
  /** All that are not deleted. */
  all(object: string): readonly StoredRecord[];
  /** Deleted ones too: their `IsDeleted` is true. */
  find(object: string, id: string): StoredRecord | undefined;
  insert(object: string, fields: Readonly<Record<string, FieldValue>>): StoredRecord;
  update(object: string, id: string, fields: Readonly<Record<string, FieldValue>>): StoredRecord;
  remove(object: string, id: string): void;
}

/** Stamps are kept to the second, as the real ones are: several changes share one. */
const stampOf = (at: Instant): string => `${at.slice(0, 19)}.000+0000`;

const wonStage = 'Closed Won';

/** What the system works out by itself. */
function derived(object: string, record: Readonly<Record<string, FieldValue>>): Readonly<Record<string, FieldValue>> {
  if (object !== 'Opportunity') return {};
  const stage = String(record.StageName);
  return { IsWon: stage === wonStage, IsClosed: stage.startsWith('Closed') };
}

/** Opens an empty organisation. */
export function createRecords(clock: Clock): Records {
  const tables = new Map<string, Map<string, StoredRecord>>();
  let latest: Instant = clock.now();

  /** Never runs backwards, whatever the clock does. */
  const stamp = (): string => {
    const now = clock.now();
    if (millisecondsBetween(latest, now) > 0) latest = now;
    return stampOf(latest);
  };
  const table = (object: string): Map<string, StoredRecord> => {
    const found = tables.get(object) ?? new Map<string, StoredRecord>();
    tables.set(object, found);
    return found;
  };
  const put = (object: string, record: StoredRecord): StoredRecord => {
    table(object).set(record.Id, record);
    return record;
  };
  const existing = (object: string, id: string): StoredRecord => {
    const found = table(object).get(longId(id));
    if (found === undefined) throw new Error(`no ${object} ${id}`);
    return found;
  };

  return {
    all: (object) => [...table(object).values()].filter((record) => record.IsDeleted === false),
    find: (object, id) => table(object).get(longId(id)),
    insert: (object, fields) => {
      const type = objectTypes.get(object);
      if (type === undefined) throw new Error(`no object ${object}`);
      const at = stamp();
      const empty = Object.fromEntries(type.fields.map(({ name }) => [name, null]));
      const record = {
        ...empty,
        ...fields,
        Id: recordId(type.keyPrefix, table(object).size + 1),
        IsDeleted: false,
        CreatedDate: at,
        LastModifiedDate: at,
        SystemModstamp: at,
      };
      return put(object, { ...record, ...derived(object, record) });
    },
    update: (object, id, fields) => {
      const before = existing(object, id);
      const at = stamp();
      const moved = fields.StageName !== undefined && fields.StageName !== before.StageName;
      const record = { ...before, ...fields, LastModifiedDate: at, SystemModstamp: at };
      return put(object, {
        ...record,
        ...(moved ? { LastStageChangeDate: at } : {}),
        ...derived(object, record),
        Id: before.Id,
      });
    },
    remove: (object, id) => {
      const before = existing(object, id);
      put(object, { ...before, IsDeleted: true, SystemModstamp: stamp(), Id: before.Id });
    },
  };
}
