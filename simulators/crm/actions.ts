import type { Static } from 'typebox';
import { type TSchema, Type } from 'typebox';
import type { Clock } from '#model/kernel';
import { type Action, createCheck } from '../kit/index.ts';
import { objectTypes } from './object-types.ts';
import type { Records } from './records.ts';
import { writtenFields, wrongWrite } from './save.ts';
import type { Tokens } from './tokens.ts';
import { winOpportunity } from './win-opportunity.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });

/** An action whose input is checked; what is wrong is told by its path. */
function checkedAction<Schema extends TSchema>(
  name: string,
  schema: Schema,
  act: (input: Static<Schema>) => Promise<unknown>,
): Readonly<Record<string, Action>> {
  const check = createCheck(schema);
  const action: Action = async (input) => {
    const checked = check(input);
    if ('complaints' in checked) throw new Error(`${name}: ${checked.complaints.join('; ')}`);
    return act(checked.value);
  };
  return { [name]: action };
}

const RecordEdit = Type.Object({ object: Text, id: Text, fields: Type.Record(Type.String(), Type.Unknown()) }, closed);

export interface ActionNeeds {
  readonly records: Records;
  readonly tokens: Tokens;
  readonly currency: string;
  readonly clock: Clock;
  /** Requests so far. */
  readonly requests: () => number;
}

/** What people and time do to the organisation, beside its API. */
export function crmActions({
  records,
  tokens,
  currency,
  clock,
  requests,
}: ActionNeeds): Readonly<Record<string, Action>> {
  const present = (object: string, id: string): void => {
    if (records.find(object, id) === undefined) throw new Error(`/id: there is no ${object} ${id}`);
  };
  return {
    'win-opportunity': winOpportunity(records, currency, clock),
    'expire-sessions': async () => tokens.revokeAll(),
    'count-requests': async () => ({ signIns: tokens.granted(), requests: requests() }),
    ...checkedAction('delete-opportunity', Type.Object({ id: Text }, closed), async ({ id }) => {
      present('Opportunity', id);
      records.remove('Opportunity', id);
    }),
    /** A salesperson changes a record by hand. */
    ...checkedAction('edit-record', RecordEdit, async ({ object, id, fields }) => {
      const type = objectTypes.get(object);
      if (type === undefined) throw new Error(`/object: there is no ${object}`);
      present(object, id);
      const wrong = wrongWrite(type, fields, 'updateable');
      if (wrong !== undefined) throw new Error(`/fields: ${wrong.message}`);
      return records.update(object, id, writtenFields(fields));
    }),
  };
}
