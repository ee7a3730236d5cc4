/**
 * What the list may be narrowed by. Each has the index that its entries are read by, newest first: primary key `audit_entry`,
 * `audit_by_kind`, `audit_by_person`, `audit_by_action`, `audit_by_time`.
 */
const conditions = {
  target: (value: string) => `target = ${value}`,
  kind: (value: string) => `split_part(target, ':', 1) = ${value}`,
  by: (value: string) => `by = ${value}`,
  action: (value: string) => `action = ${value}`,
  from: (value: string) => `at >= ${value}::timestamptz`,
  to: (value: string) => `at < ${value}::timestamptz`,
};

/** Something that the list may be narrowed by. */
export type EntryCondition = keyof typeof conditions;

/**
 * A page of entries, newest first; the conditions in the order given are its first parameters. A statement for each set of them, so
 * that each is planned by its own index. The last four: place of the page before (or nulls), and how many.
 */
export function entriesNewestFirst(given: readonly EntryCondition[], isContinued: boolean): string {
  const parameter = (n: number): string => `$${n}`;
  const met = given.map((name, index) => conditions[name](parameter(index + 1)));
  const [at, target, seq] = [1, 2, 3].map((n) => parameter(given.length + n));
  const place = isContinued ? [`(at, target, seq) < (${at}::timestamptz, ${target}, ${seq}::bigint)`] : [];
  const all = [...met, ...place];
  return `
select target, seq, at, by, action, details, hash from audit_entry
${all.length === 0 ? '' : `where ${all.join(' and ')}`}
order by at desc, target desc, seq desc limit ${parameter(given.length + (isContinued ? 4 : 1))}`;
}
