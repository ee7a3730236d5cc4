export { type Case, type CaseCount, type CaseFilter, countOpenCases, listCases } from './cases.ts';
export { type EffectStanding, effectStandings } from './effect-standings.ts';
export {
  closeQuarantinedMessage,
  findQuarantined,
  listQuarantine,
  type QuarantinedMessage,
  quarantineMessage,
  type RefusedMessage,
} from './quarantine.ts';
