import { failed, ok, type Result } from '#model/kernel';
import { checkSet } from './check-set.ts';
import type { Finding } from './finding.ts';
import type { TransactionSet } from './interchange.ts';
import { defineSetRules } from './set-rules.ts';

export interface AcknowledgedSet {
  readonly identifier: string;
  readonly control: string;
  readonly accepted: boolean;
  /** What was said to be wrong, in sentences. */
  readonly reasons: readonly string[];
}

/** What a 997 says about one of our groups. Syntax only: nothing about the business. */
export interface Acknowledgement {
  readonly functionalIdentifier: string;
  /** Our GS06. */
  readonly groupControl: string;
  readonly accepted: boolean;
  readonly reasons: readonly string[];
  /** May be empty: AK2 is optional. */
  readonly sets: readonly AcknowledgedSet[];
}

const rules = defineSetRules('997', ['AK1', 'AK9'], {
  AK1: ['M ID 2/2', 'M N0 1/9'],
  AK2: ['M ID 3/3', 'M AN 4/9'],
  AK3: ['M ID 2/3', 'M N0 1/6', 'O AN 1/6', 'O ID 1/3'],
  AK4: ['M AN 1/6', 'O N0 1/4', 'M ID 1/3', 'O AN 1/99'],
  AK5: ['M ID 1/1'],
  AK9: ['M ID 1/1', 'M N0 1/6', 'M N0 1/6', 'M N0 1/6'],
});

const setReasons: Readonly<Record<string, string>> = {
  '1': 'this set is not supported',
  '2': 'the set has no trailer',
  '3': 'control numbers of header and trailer differ',
  '4': 'the count of segments is wrong',
  '5': 'one or more segments are wrong',
  '6': 'the set identifier is missing or wrong',
  '7': 'the control number is missing or wrong',
};
const segmentReasons: Readonly<Record<string, string>> = {
  '1': 'is not known',
  '2': 'was not expected',
  '3': 'is missing',
  '4': 'comes too often',
  '5': 'comes too often',
  '6': 'is not part of this set',
  '7': 'stands in the wrong place',
  '8': 'has wrong elements',
};
const elementReasons: Readonly<Record<string, string>> = {
  '1': 'is missing',
  '2': 'is missing under its condition',
  '3': 'is one too many',
  '4': 'is too short',
  '5': 'is too long',
  '6': 'has a character that is not allowed',
  '7': 'has a code that is not known',
  '8': 'is no date',
  '9': 'is no time',
  '10': 'excludes another one',
};
const groupReasons: Readonly<Record<string, string>> = {
  '1': 'this functional group is not supported',
  '2': 'this version is not supported',
  '3': 'the group has no trailer',
  '4': 'group control numbers of header and trailer differ',
  '5': 'the count of sets is wrong',
};

const said = (reasons: Readonly<Record<string, string>>, code: string): string => reasons[code] ?? `code ${code}`;
/** A: accepted. E: accepted, with errors noted. */
const isAccepted = (code: string | undefined): boolean => code === 'A' || code === 'E';

/** Reads a 997. Fails with everything that is wrong with it; envelope findings of the set count too. */
export function readAcknowledgement(set: TransactionSet): Result<Acknowledgement, Finding> {
  const findings = [...set.findings, ...checkSet(set, rules)];
  if (findings.length > 0) return failed(findings);
  const sets: { identifier: string; control: string; accepted: boolean; reasons: string[] }[] = [];
  const group = { functionalIdentifier: '', groupControl: '', accepted: false, reasons: [] as string[] };
  let segment = '';
  for (const [name, first = '', second = '', third = '', fourth = '', ...more] of set.segments) {
    const current = sets.at(-1);
    if (name === 'AK1') {
      group.functionalIdentifier = first;
      group.groupControl = second;
    } else if (name === 'AK2') {
      sets.push({ identifier: first, control: second, accepted: false, reasons: [] });
    } else if (name === 'AK3') {
      segment = `segment ${second} (${first})`;
      current?.reasons.push(`${segment} ${said(segmentReasons, fourth === '' ? '8' : fourth)}`);
    } else if (name === 'AK4') {
      const value = fourth === '' ? '' : `: ${fourth}`;
      current?.reasons.push(`${segment} element ${first} ${said(elementReasons, third)}${value}`);
    } else if (name === 'AK5' && current !== undefined) {
      current.accepted = isAccepted(first);
      for (const code of [second, third, fourth, ...more])
        if (code !== '') current.reasons.push(said(setReasons, code));
    } else if (name === 'AK9') {
      group.accepted = isAccepted(first);
      for (const code of more) if (code !== '') group.reasons.push(said(groupReasons, code));
    }
  }
  return ok({ ...group, sets });
}
