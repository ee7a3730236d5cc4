import type { Scenario } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const calls = ['model.sale.sale.confirm', 'model.account.invoice.post', 'model.stock.shipment.out.done'];

export const s07: Scenario = {
  id: 'S07',
  title: 'the answer is lost, and the ERP forgets every session and request before it is asked again',
  holds: 'asked by business key',
  // Asked late enough that the ERP is another process by then.
  setting: { erp: { lateCommitSeconds: 2, concurrency: 8 } },
  drive: async (stage) => {
    const { erp } = stage.systems;
    for (const to of stage.isShort ? calls.slice(0, 1) : calls) {
      const fired = stage.faults.plan(`${to}: the answer is lost and the ERP restarted`);
      const before = erp.proxy.spoilt();
      erp.proxy.spoil({ how: 'lose', to: `"${to}"` });
      const orderNumber = await stage.submit([hearts(2)]);
      await stage.eventually('the answer to be lost', () => (erp.proxy.spoilt() > before ? true : undefined));
      await erp.restart();
      fired();
      await stage.atRest([orderNumber]);
    }
  },
};
