import { type Static, Type } from 'typebox';
import { CallScript, meansCall } from '../kit/index.ts';
import { crash, httpRefusal, userError } from './wire/refusals.ts';

/** The database under the real one gives way to another transaction; nothing was done. */
export const lockConflict = (): Error => crash('could not obtain lock on row in relation "stock_move"\n');

/** The rights were changed under the integration's user; nothing was done. */
export const accessDenied = (method: string): Error => userError(`You are not allowed to access "${method}".`);

/** Refusals that only other users and time bring about; nothing is done. */
export const scriptedRefusals = {
  conflict: lockConflict,
  'session-lost': () => httpRefusal(401, 'Unauthorized'),
} as const satisfies Readonly<Record<string, () => Error>>;

/** The common script of a system that is called, with the ERP's own refusals. */
export const ErpScript = Type.Object(
  {
    ...CallScript.properties,
    behaviour: Type.Union([CallScript.properties.behaviour, Type.Literal('conflict'), Type.Literal('session-lost')]),
  },
  { additionalProperties: false },
);
export type ErpScript = Static<typeof ErpScript>;

/** Does the script mean this call? That is asked of the call alone, whatever the behaviour. */
export const meansErpCall = (script: ErpScript, method: string, texts: readonly string[]): boolean =>
  meansCall({ ...script, behaviour: 'delay' }, method, texts);
