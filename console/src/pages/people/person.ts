import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';

export type Person = AnswerOf<'/api/people/v1/people'>['people'][number];
export type Role = Person['role'];

/** Roles, from who may least to who may most; what each may, in a sentence. */
export const roleMeans: Readonly<Record<Role, string>> = {
  viewer: 'Sees everything and changes nothing',
  operator: 'Works cases, releases holds, changes and cancels orders',
  steward: 'As an operator, and mends what came in and could not be read',
  supervisor: 'As a steward, and decides: groups of cases, systems, replays, what others ask for; reads the audit',
  administrator: 'Keeps people and keys; decides nothing of the business',
};

export const peopleQuery = queryOptions({
  queryKey: ['people', 'list'],
  queryFn: () => answered(client.GET('/api/people/v1/people')),
});

/** `NORTH, SOUTH` → its warehouses, each once; nothing written: undefined, which is all of them. */
export function sitesOf(text: string): string[] | undefined {
  const sites = [...new Set(text.split(/[\s,;]+/).filter((site) => site !== ''))];
  return sites.length === 0 ? undefined : sites;
}
