export { acknowledgement } from './acknowledgement.ts';
export { checkSet } from './check-set.ts';
export { type Delimiters, delimiterDefect, usualDelimiters } from './delimiters.ts';
export type { Finding, FindingCode } from './finding.ts';
export type { Group, GroupHeader, Interchange, InterchangeHeader, Segment, TransactionSet } from './interchange.ts';
export type { Limits, ReadOptions } from './options.ts';
export { type InterchangesRead, readInterchanges, readStream } from './read.ts';
export { type AcknowledgedSet, type Acknowledgement, readAcknowledgement } from './read-acknowledgement.ts';
export { createReader, type Reader, type ReaderNeeds } from './reader.ts';
export { defineSetRules, type ElementKind, type SetRules } from './set-rules.ts';
export {
  type GroupToWrite,
  type InterchangeToWrite,
  type SetToWrite,
  setText,
  writeInterchange,
} from './write.ts';
