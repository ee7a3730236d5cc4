import { sample } from '../kit/crash-matrix.ts';
import type { Scenario } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** The catalogue's 30 and 31 seconds, shortened: the declared window is waited out whatever it is. */
const timeoutSeconds = 1;
const lateCommitSeconds = 3;
const commitsAfterMs = 2_200;
const calls = ['model.sale.sale.create', 'model.sale.sale.confirm', 'model.account.invoice.post'];

export const s04: Scenario = {
  id: 'S04',
  title: 'the ERP times out and commits later; in between a node is killed',
  holds: 'no second create though the first look finds nothing',
  setting: { erp: { timeoutSeconds, lateCommitSeconds, concurrency: 8 } },
  drive: async (stage) => {
    const create = '"model.sale.sale.create"';
    const creates = (): number => stage.systems.erp.proxy.requests(create);
    creates();
    const travel = async (on: string): Promise<void> => {
      const purchaseOrder = stage.client.freshPurchaseOrder();
      await stage.script('erp', [{ on, text: purchaseOrder, behaviour: 'delay', delayMs: commitsAfterMs }]);
      await stage.atRest([await stage.submit([hearts(2)], { purchaseOrder })]);
    };
    await Promise.all((stage.isShort ? sample(stage, calls, 2) : [...calls, ...calls]).map(travel));
    // The one who waited is gone: whoever takes over must wait as long.
    const purchaseOrder = stage.client.freshPurchaseOrder();
    const on = calls[0] ?? '';
    await stage.script('erp', [{ on, text: purchaseOrder, behaviour: 'delay', delayMs: commitsAfterMs }]);
    const orderNumber = await stage.submit([hearts(2)], { purchaseOrder, at: stage.node(0) });
    await stage.eventually('the script to show itself', async () =>
      (await stage.systems.erp.scripts()).every(({ fired }) => fired > 0) ? true : undefined,
    );
    await stage.killNode(stage.node(0));
    await stage.atRest([orderNumber]);
    const orders = stage.client.acknowledged().length;
    stage.must(`no second create: ${orders} orders and ${creates()} creates`, creates() <= orders);
  },
};
