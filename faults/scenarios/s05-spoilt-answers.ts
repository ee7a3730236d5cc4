import type { Scenario } from '../kit/scenario.ts';
import { httpAnswer, spoilEachWrite } from './erp-writes.ts';

const page = '<!DOCTYPE html><html><body><h1>Service is being updated</h1></body></html>';

export const s05: Scenario = {
  id: 'S05',
  title: 'connection reset in the answer; truncated JSON; HTML with status 200',
  holds: 'the outcome is unknown, not success',
  withTryton: true,
  drive: (stage) =>
    spoilEachWrite(stage, [
      ['reset in the answer', { how: 'lose' }],
      ['truncated', { how: 'truncate' }],
      ['HTML with status 200', { how: 'replace', by: httpAnswer('200 OK', page) }],
    ]),
};
