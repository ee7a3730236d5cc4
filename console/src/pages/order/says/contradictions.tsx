import { When } from '../../../parts/when.tsx';
import { counted } from '../../../words/count.ts';
import type { Comparison } from '../answers.ts';

/** What contradicts what, which message is missing, and what to do about it. */
export function Contradictions({ found }: { readonly found: Comparison }) {
  if (found.contradictions.length === 0) {
    return (
      <p className="says-agree">Nobody contradicts anybody: {counted(found.systems.length, 'system')} say the same.</p>
    );
  }
  return (
    <ul className="says-contradictions" aria-label="Contradictions">
      {found.contradictions.map(({ property, says, whatToDo, missing }) => (
        <li key={`${property} ${says}`}>
          <p className="says-what">{says}</p>
          {whatToDo === undefined ? null : <p>{whatToDo}</p>}
          {missing === undefined ? null : (
            <>
              <p>
                Missing: <strong>{missing.message}</strong>, from {missing.from} to {missing.to}
                {missing.since === undefined ? null : (
                  <>
                    , awaited for <When at={missing.since} shows="age" />
                  </>
                )}
                .
              </p>
              <p>{missing.whatToDo}</p>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
