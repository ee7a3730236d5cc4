import type { FaultRecord } from '#model/kernel';
import { caseGroup } from './case-group.ts';
import type { CaseOpening, CaseSubject } from './consequence.ts';
import type { Draft } from './draft.ts';
import { unedited } from './effect-key.ts';
import type { OpenCase, OpenEffect } from './run.ts';
import type { Table } from './table.ts';

/** What closes a case beside a line of the table: the end of this visit, or of this effect's trouble; of one that has `ended`, a person. */
export type Binding = 'nothing' | 'visit' | OpenEffect | { readonly ended: OpenEffect };

function effectOf(binding: Binding): string | undefined {
  if (typeof binding === 'string') return undefined;
  return unedited('ended' in binding ? binding.ended.key : binding.key);
}

const aboutOf = (draft: Draft, table: Table): CaseSubject =>
  draft.run.document === undefined ? {} : (table.about?.(draft.run.document) ?? {});

/** The fault that the message brings, and of which instance. */
function failureOf({ message }: Draft): { readonly instance?: string; readonly fault?: FaultRecord } {
  const { fault } = (message.data ?? {}) as { readonly fault?: FaultRecord };
  return fault === undefined ? {} : { instance: message.source, fault };
}

/** Whether a line of a table names the cause: by its name, or with a star at the end all that begin so. */
export const isNamed = (cause: string, names: readonly string[]): boolean =>
  names.some((name) => (name.endsWith('*') ? cause.startsWith(name.slice(0, -1)) : cause === name));

/** One case per run, cause and effect: opening one that is open changes nothing, unless it is about another fault now. */
export function openCase(draft: Draft, table: Table, opening: CaseOpening, binding: Binding = 'nothing'): void {
  const { cause } = opening;
  const effect = effectOf(binding);
  const failure = typeof binding === 'object' ? failureOf(draft) : {};
  const group = caseGroup(table.name, cause, {
    ...failure,
    ...(opening.group === undefined ? {} : { group: opening.group }),
  });
  const known = draft.run.cases.find((open) => open.cause === cause && open.effect === effect);
  if (known?.group === group) return;
  if (known !== undefined) closeCase(draft, known, 'it was tried again and failed in another way');
  const bound = {
    ...(binding === 'visit' ? { visit: draft.run.visit } : {}),
    ...(effect === undefined ? {} : { effect }),
    ...(typeof binding === 'object' && 'ended' in binding ? { stays: true as const } : {}),
  };
  draft.run = { ...draft.run, cases: [...draft.run.cases, { cause, group, ...bound }] };
  draft.openCases.push({
    ...opening,
    group,
    subject: aboutOf(draft, table),
    ...(effect === undefined ? {} : { effect }),
    ...failure,
  });
  draft.entries.push({ kind: 'case-opened', opening });
}

export function closeCase(draft: Draft, closing: OpenCase, because: string): void {
  const { cause, effect } = closing;
  draft.run = { ...draft.run, cases: draft.run.cases.filter((open) => open !== closing) };
  draft.closeCases.push({ cause, because, ...(effect === undefined ? {} : { effect }) });
  draft.entries.push({ kind: 'case-closed', cause, because });
}

/** Closes all that are meant. */
export function closeCases(draft: Draft, because: string, isMeant: (open: OpenCase) => boolean): void {
  for (const open of draft.run.cases) if (isMeant(open)) closeCase(draft, open, because);
}
