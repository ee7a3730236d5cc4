import { defineSetRules } from '#connectivity/protocols/x12';

/** X12's words, as far as this settings uses them. */
export const version = '004010';

/** GS01 by set. */
export const functionalIdentifier = { '940': 'OW', '945': 'SW', '997': 'FA' } as const;

/** W0501, element 473. */
export const orderStatus = { release: 'N', cancellation: 'F' } as const;
export type OrderKind = keyof typeof orderStatus;

/** W1201, element 368. */
export const lineStatus = { complete: 'CC', partAndNoMore: 'CP', partAndMoreFollows: 'BP' } as const;

/** Product qualifier of our item number: to a warehouse we are the vendor. */
export const itemQualifier = 'VN';

export const rules940 = defineSetRules('940', ['W05', 'N1', 'LX', 'W01', 'W76'], {
  W05: ['M ID 1/1', 'M AN 1/22', 'O AN 1/22'],
  N1: ['M ID 2/3', 'O AN 1/60', 'O ID 1/2', 'O AN 2/80'],
  N2: ['M AN 1/60', 'O AN 1/60'],
  N3: ['M AN 1/55', 'O AN 1/55'],
  N4: ['O AN 2/30', 'O ID 2/2', 'O ID 3/15', 'O ID 2/3'],
  N9: ['M ID 2/3', 'M AN 1/30', 'O AN 1/45'],
  G62: ['M ID 2/2', 'M DT 8/8'],
  LX: ['M N0 1/6'],
  W01: ['M R 1/15', 'M ID 2/2', 'O AN 12/12', 'M ID 2/2', 'M AN 1/48'],
  G69: ['M AN 1/45'],
  W76: ['M R 1/10'],
});

export const rules945 = defineSetRules('945', ['W06', 'LX', 'W12'], {
  W06: ['M ID 1/2', 'M AN 1/22', 'M DT 8/8', 'M AN 1/30'],
  N9: ['M ID 2/3', 'M AN 1/30'],
  W27: ['M ID 1/2', 'O ID 2/4'],
  LX: ['M N0 1/6'],
  W12: ['M ID 2/2', 'O R 1/15', 'M R 1/10', 'O R 1/9', 'M ID 2/2', 'O AN 12/12', 'O ID 2/2', 'O AN 1/48'],
  MAN: ['M ID 1/2', 'M AN 1/48'],
  W03: ['M R 1/10'],
});
