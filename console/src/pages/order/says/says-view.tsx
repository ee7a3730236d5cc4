import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { changeAddress, useAddress } from '../../../parts/address.ts';
import { Button } from '../../../parts/button.tsx';
import { type ComparedSection, Comparison as ComparisonTable } from '../../../parts/comparison.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { When } from '../../../parts/when.tsx';
import { sentenceCase } from '../../../words/names.ts';
import { clock } from '../../../words/when.ts';
import { Answered } from '../answered.tsx';
import type { Comparison, ComparisonCell } from '../answers.ts';
import { comparisonQuestion } from '../questions.ts';
import { propertyWords, type Section, sectionsOf } from './comparison.ts';
import { Contradictions } from './contradictions.tsx';
import '../../../parts/field.css';
import './says.css';

const standingWords = {
  agrees: undefined,
  differs: 'differs',
  'in-flight': 'not told yet, it is on its way',
  silent: 'should have said so',
} as const;

const shownValue = ({ value, standing }: ComparisonCell): string => {
  if (value !== undefined) return value;
  return standing === 'silent' ? 'nothing' : '–';
};

const titleOf = ({ source, asOf }: ComparisonCell): string =>
  [source, asOf === undefined ? undefined : clock.exact(asOf)].filter((each) => each !== undefined).join(', ');

function cellNote({ standing, asOf }: ComparisonCell, now: Date): string | undefined {
  const notes = [standingWords[standing], asOf === undefined ? undefined : clock.absolute(asOf, now)];
  const note = notes.filter((each) => each !== undefined).join(', ');
  return note === '' ? undefined : note;
}

function comparedSections(sections: readonly Section[], now: Date): readonly ComparedSection[] {
  return sections.map(({ line, rows }) => ({
    id: String(line ?? 'order'),
    title: line === undefined ? 'The order' : `Line ${line}`,
    rows: rows.map((row) => ({
      id: row.property,
      name: sentenceCase(propertyWords(row)),
      differs: !row.agrees,
      cells: row.cells.map((cell) => {
        const note = cellNote(cell, now);
        return {
          column: cell.system,
          value: shownValue(cell),
          standing: cell.standing,
          title: titleOf(cell),
          ...(note === undefined ? {} : { note }),
        };
      }),
    })),
  }));
}

function Says({ found }: { readonly found: Comparison }) {
  const { rows } = useAddress();
  const extent = rows === 'differing' || rows === 'all' ? rows : 'telling';
  const { sections, agreeing } = useMemo(() => sectionsOf(found.rows, extent), [found, extent]);
  // The present only says whether a time was today: it need not move on.
  const shown = useMemo(() => comparedSections(sections, new Date(found.asOf)), [sections, found.asOf]);
  const differing = found.rows.filter(({ agrees }) => !agrees).length;
  return (
    <>
      <Contradictions found={found} />
      <div className="says-tools">
        <label className="check">
          <input
            type="checkbox"
            checked={extent === 'differing'}
            onChange={({ target }) => changeAddress({ rows: target.checked ? 'differing' : undefined })}
          />
          Only differences ({differing} of {found.rows.length})
        </label>
        <span>
          As of <When at={found.asOf} shows="second" />
        </span>
      </div>
      {sections.length === 0 ? (
        <Empty title="All say the same.">
          <Button onClick={() => changeAddress({ rows: undefined })}>Show what they say</Button>
        </Empty>
      ) : (
        <ComparisonTable
          label="Who says what"
          columns={found.systems.map(({ system, role, lastHeardAt }) => ({
            id: system,
            name: role === 'crossdock' ? 'Crossdock' : system,
            note:
              role === 'crossdock' ? (
                'our own books'
              ) : (
                <>
                  {role === 'warehouse' ? 'warehouse' : role.toUpperCase()},{' '}
                  {lastHeardAt === undefined ? 'has said nothing' : <When at={lastHeardAt} />}
                </>
              ),
          }))}
          sections={shown}
        />
      )}
      {agreeing > 0 && extent === 'telling' ? (
        <p className="says-more">
          {agreeing === 1 ? 'All agree on one more line.' : `All agree on ${agreeing} more lines.`}{' '}
          <Button look="plain" onClick={() => changeAddress({ rows: 'all' })}>
            Show them
          </Button>
        </p>
      ) : null}
    </>
  );
}

/** The view `says` of an order: CRM, ERP, warehouses and our own books side by side. */
export function SaysView({ orderNumber }: { readonly orderNumber: string }) {
  const question = useQuery(comparisonQuestion(orderNumber));
  return (
    <Answered question={question} label="Who says what" lines={10}>
      {(found) => <Says found={found} />}
    </Answered>
  );
}
