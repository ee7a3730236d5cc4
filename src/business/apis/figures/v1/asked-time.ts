import { Type } from 'typebox';
import { closed, Identifier } from '#model/canonical';
import { failed, ok, plusMilliseconds, type Result } from '#model/kernel';
import { type AskedTime, mostDays, type TimeFailure } from '#platform/figures';
import type { Failure, ProblemReply } from '#platform/gateway';

const optional = Type.Optional;
const Moment = (description: string) =>
  Type.String({
    pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z)?$',
    description,
    examples: ['2026-03-01'],
  });

/** The members of every query that asks for a time. */
export const timeMembers = {
  from: optional(
    Moment(
      `From when: a moment in UTC, or a day of the installation’s time zone. Default: the beginning of the day six days before the end. At most ${mostDays} days before the end.`,
    ),
  ),
  to: optional(Moment('Until when: a moment in UTC, or a day, which is then the last. Default, and at most: now.')),
};
export const TimeQuery = Type.Object(timeMembers, closed);

export const FigurePath = Type.Object(
  { figure: Identifier('The figure, as the list of figures names it.', 200) },
  closed,
);

/** Is there such a day, and such a time of day? `2026-02-30` is none. */
function isReal(text: string): boolean {
  const at = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text);
  return !Number.isNaN(at) && plusMilliseconds('1970-01-01T00:00:00.000Z', at).startsWith(text.slice(0, 10));
}

/** What a query asks for, moments with milliseconds. */
export function askedTime({ from, to }: { readonly from?: string; readonly to?: string }): Result<AskedTime, Failure> {
  const wrong = Object.entries({ from, to }).flatMap(([name, text]): readonly Failure[] =>
    text === undefined || isReal(text)
      ? []
      : [
          {
            in: 'query',
            code: 'no-such-day',
            path: `/${name}`,
            message: `There is no ${text}: give a day or moment that exists.`,
          },
        ],
  );
  if (wrong.length > 0) return failed(wrong);
  const exact = (text: string): string => (text.length === 10 ? text : plusMilliseconds(text, 0));
  return ok({ ...(from === undefined ? {} : { from: exact(from) }), ...(to === undefined ? {} : { to: exact(to) }) });
}

/** What is answered for a time that cannot be, and where that stands. */
export function badTime(failures: readonly (Failure | TimeFailure)[], where: 'query' | 'body' = 'query'): ProblemReply {
  const place = where === 'body' ? {} : { in: where };
  const errors = failures.map((each): Failure => ('code' in each ? each : { ...place, code: 'not-a-time', ...each }));
  return { problem: 'invalid-request', detail: errors[0]?.message ?? '', errors };
}

/** What is answered for a figure that is not there. */
export const noSuchFigure = (figure: string): ProblemReply => ({
  problem: 'not-found',
  detail: `There is no figure ${figure}: the list of figures names them.`,
});
