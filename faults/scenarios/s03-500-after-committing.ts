import type { Scenario } from '../kit/scenario.ts';
import { httpAnswer, spoilEachWrite } from './erp-writes.ts';

export const s03: Scenario = {
  id: 'S03',
  title: 'the ERP answers 500 after committing',
  holds: 'found by asking, not sent twice',
  withTryton: true,
  drive: (stage) =>
    spoilEachWrite(stage, [
      ['500 after it was done', { how: 'replace', by: httpAnswer('500 Internal Server Error', 'it was done') }],
    ]),
};
