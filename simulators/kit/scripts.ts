import { type Static, type TSchema, Type } from 'typebox';
import { createCheck } from './validate.ts';

/** A targeted behaviour that shows itself `times` times (default 1) and then never again. */
export interface Scripted<Script> {
  readonly script: Script;
  readonly times: number;
  /** How often it has shown itself. A planned fault that never fired is a failed plan. */
  readonly fired: number;
}

export interface Scripts<Script> {
  /** Adds scripts; throws an `Error` naming what is wrong with which, and then adds none. */
  add(list: unknown): void;
  list(): readonly Scripted<Script>[];
  /** The first script that matches and is not used up; it counts as fired. */
  take(matches: (script: Script) => boolean): Script | undefined;
}

/** Makes the scripts of a simulator whose script has this (closed) schema; `times` is added here. */
export function createScripts<Schema extends TSchema>(schema: Schema): Scripts<Static<Schema>> {
  const checkScript = createCheck(schema);
  const checkTimes = createCheck(Type.Array(Type.Object({ times: Type.Optional(Type.Integer({ minimum: 1 })) })));
  const scripted: { script: Static<Schema>; times: number; fired: number }[] = [];
  return {
    add: (list) => {
      const timed = checkTimes(list);
      if ('complaints' in timed) throw new Error(`scripts: ${timed.complaints.join('; ')}`);
      const added = timed.value.map(({ times = 1, ...rest }, index) => {
        const checked = checkScript(rest);
        if ('complaints' in checked) {
          throw new Error(`scripts: ${checked.complaints.map((complaint) => `/${index}${complaint}`).join('; ')}`);
        }
        return { script: checked.value, times, fired: 0 };
      });
      scripted.push(...added);
    },
    list: () => scripted.map((entry) => ({ ...entry })),
    take: (matches) => {
      const found = scripted.find(({ script, times, fired }) => fired < times && matches(script));
      if (found === undefined) return undefined;
      found.fired += 1;
      return found.script;
    },
  };
}

/** The script of a system that is called over HTTP (ERP, CRM). */
export const CallScript = Type.Object(
  {
    /** The call, as the system names it: an RPC method, `PATCH Opportunity`. */
    on: Type.String({ minLength: 1 }),
    /** Found in what is sent or in the record it is about; absent: any. */
    text: Type.Optional(Type.String({ minLength: 1 })),
    behaviour: Type.Union([
      /** Done; then the connection is closed without an answer. */
      Type.Literal('lose-answer'),
      /** Not done; answered 500. */
      Type.Literal('error-before'),
      /** Done; answered 500. */
      Type.Literal('error-after'),
      /** Done after `delayMs`. */
      Type.Literal('delay'),
      /** Done; answered 200 with a page of HTML. */
      Type.Literal('html-200'),
      /** Done; the answer stops in the middle. */
      Type.Literal('truncate'),
    ]),
    delayMs: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
);
export type CallScript = Static<typeof CallScript>;

/** Does the script mean this call? `texts` are what is sent and what it is about. */
export const meansCall = (script: CallScript, on: string, texts: readonly string[]): boolean => {
  const { text } = script;
  return script.on === on && (text === undefined || texts.some((candidate) => candidate.includes(text)));
};
