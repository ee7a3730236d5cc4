import { Fault } from '#model/kernel';
import { nearlyDue } from '../../nearly-due.ts';
import type { AddressedMessage, StartRun } from '../engine.ts';
import type { FlowRegistry } from '../versions/flow-registry.ts';

const longest = 200;

function refuse(field: string, what: string): never {
  throw new Fault('permanent', { code: 'unusable-message', message: `${field}: ${what}` });
}

function checkName(field: string, value: unknown): void {
  if (typeof value !== 'string' || value.length === 0) refuse(field, 'give a text that is not empty');
  const text = value as string;
  if (text.length > longest) refuse(field, `give at most ${longest} characters, not ${text.length}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are refused.
  if (/[\u0000-\u001f]/.test(text) || !text.isWellFormed())
    refuse(field, 'leave out control characters and broken ones');
}

function checkFlow(flows: FlowRegistry, flow: string): void {
  if (!flows.has(flow)) refuse('flow', `no flow is called ${JSON.stringify(flow)}`);
}

/** Throws a `Fault` that names the field when a start cannot be one. */
export function checkStart(flows: FlowRegistry, start: StartRun): void {
  checkFlow(flows, start.flow);
  checkName('key', start.key);
  checkName('source', start.source);
  if (start.claim === undefined) return;
  checkName('claim.scope', start.claim.scope);
  checkName('claim.key', start.claim.key);
  checkName('claim.fingerprint', start.claim.fingerprint);
}

const outcomes = ['done', 'refused', 'failed', 'withdrawn', 'undone', 'undo-failed'];

/** What only the engine itself may say: else a message from outside could pass for an answer. */
function isReserved(flows: FlowRegistry, flow: string, type: string): boolean {
  const dot = type.lastIndexOf('.');
  const name = type.slice(0, dot);
  const last = type.slice(dot + 1);
  return (
    type === 'deadline' ||
    type === nearlyDue ||
    (last === 'ended' && flows.has(name)) ||
    (outcomes.includes(last) && flows.all.some((each) => each.name === flow && each.table.effects.has(name)))
  );
}

/** Throws a `Fault` that names the field when a message cannot be delivered. */
export function checkMessage(flows: FlowRegistry, message: AddressedMessage): void {
  checkFlow(flows, message.flow);
  checkName('key', message.key);
  checkName('id', message.id);
  checkName('source', message.source);
  checkName('type', message.type);
  if (isReserved(flows, message.flow, message.type)) refuse('type', `${message.type} is said by the engine alone`);
}
