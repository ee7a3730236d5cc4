import { type Static, Type } from 'typebox';
import { CallScript } from '../kit/index.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Refusals that only a real organisation's other users bring about; nothing is done. */
export const scriptedRefusals = {
  'lock-row': refuse(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
  'session-expired': refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
  'limit-exceeded': refuse(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  'limit-by-400': refuse(400, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  'validation-failed': refuse(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'This opportunity is locked by finance.'),
  unavailable: refuse(503, 'SERVER_UNAVAILABLE', 'Server temporarily unavailable'),
} as const satisfies Readonly<Record<string, Refusal>>;

const refusalNames = Object.keys(scriptedRefusals) as (keyof typeof scriptedRefusals)[];

/** The common script of a system that is called, with the CRM's own refusals. */
export const CrmScript = Type.Object(
  {
    ...CallScript.properties,
    behaviour: Type.Union([CallScript.properties.behaviour, ...refusalNames.map((name) => Type.Literal(name))]),
  },
  { additionalProperties: false },
);
export type CrmScript = Static<typeof CrmScript>;
