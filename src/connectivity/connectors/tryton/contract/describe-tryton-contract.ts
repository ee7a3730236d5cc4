import { afterAll, beforeAll, describe } from 'vitest';
import type { Connection } from '#connectivity/kit';
import { systemClock } from '#model/kernel';
import { type TrytonVerbs, tryton } from '../connector.ts';
import { openRaw, type Raw } from './raw.ts';
import { type ContractTarget, facts } from './target.ts';
import { describeBooking } from './verbs-booking.ts';
import { describeInvoicing } from './verbs-invoicing.ts';
import { describeIssuing } from './verbs-issuing.ts';
import { describeQuestions } from './verbs-questions.ts';
import { describeInvoices } from './wire-invoices.ts';
import { describeSales } from './wire-sales.ts';
import { describeShipments } from './wire-shipments.ts';

const unopened = (): never => {
  throw new Error('the contract suite has no target yet');
};

/** The settings with which the suite connects. */
export const contractSettings = ({ url, database, password }: ContractTarget) => ({
  url,
  database,
  username: 'integration',
  password,
  creditUsername: 'credit',
  creditPassword: password,
  sites: { [facts.north]: facts.north, [facts.south]: facts.south },
});

/**
 * What both the real Tryton and its simulator must do: the bare wire with its traps, and every verb of the connector on top.
 * `target` is asked once, before the first test.
 */
export function describeTrytonContract(name: string, target: () => ContractTarget): void {
  describe(`the Tryton contract on ${name}`, () => {
    let raw: () => Raw = unopened;
    let connection: () => Connection = unopened;

    beforeAll(() => {
      const opened = openRaw(target());
      const connected = tryton.connect(contractSettings(target()), {
        instance: 'erp-contract',
        clock: systemClock,
        log: () => undefined,
      });
      raw = () => opened;
      connection = () => connected;
    });
    afterAll(async () => {
      await raw().close();
      await connection().close();
    });

    const verbs = () => connection().capabilities as unknown as TrytonVerbs;
    describeSales(() => raw());
    describeShipments(() => raw());
    describeInvoices(() => raw());
    describeQuestions(verbs);
    describeBooking(verbs, () => raw());
    describeIssuing(verbs, () => raw());
    describeInvoicing(verbs, () => raw());
  });
}
