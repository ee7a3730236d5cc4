import type { GroupHeader, InterchangeHeader, Segment } from './interchange.ts';

/** ISA by its places. */
export function interchangeHeader(isa: Segment): InterchangeHeader {
  const element = (place: number) => isa[place] ?? '';
  return {
    senderQualifier: element(5),
    sender: element(6),
    receiverQualifier: element(7),
    receiver: element(8),
    date: element(9),
    time: element(10),
    version: element(12),
    control: element(13),
    acknowledgementRequested: element(14) === '1',
    usage: element(15),
    component: element(16),
  };
}

/** GS by its places. */
export function groupHeader(gs: Segment): GroupHeader {
  const element = (place: number) => gs[place] ?? '';
  return {
    functionalIdentifier: element(1),
    sender: element(2),
    receiver: element(3),
    date: element(4),
    time: element(5),
    control: element(6),
    version: element(8),
  };
}
