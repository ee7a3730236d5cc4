import { sample } from '../kit/crash-matrix.ts';
import type { Stage } from '../kit/scenario.ts';
import type { SpoilRule } from '../kit/tcp-proxy.ts';
import { hearts } from '../kit/world.ts';

/** Every call by which an order of goods from one warehouse changes the ERP, in its order. */
export const erpWrites = [
  'model.sale.sale.create',
  'model.sale.sale.quote',
  'model.sale.sale.confirm',
  'model.stock.shipment.out.write',
  'model.stock.shipment.out.assign_try',
  'model.stock.shipment.out.pick',
  'model.stock.shipment.out.pack',
  'model.stock.shipment.out.done',
  'model.account.invoice.write',
  'model.account.invoice.post',
] as const;

/** After it the booking stands: sent again without a question it would stand twice. */
const completing = 'model.sale.sale.confirm';

export const httpAnswer = (status: string, body: string, more = ''): string =>
  `HTTP/1.1 ${status}\r\n${more}content-type: text/html\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;

/** For each of the ERP's writes an order whose answer is spoilt once by each rule. The write was done. */
export async function spoilEachWrite(stage: Stage, rules: readonly (readonly [string, SpoilRule])[]): Promise<void> {
  const { proxy } = stage.systems.erp;
  const planned = erpWrites.flatMap((to) => rules.map(([name, rule]) => ({ to, name, rule })));
  const first = planned.filter(({ to }) => to === completing).slice(0, 1);
  for (const { to, name, rule } of stage.isShort ? [...first, ...sample(stage, planned, 2)] : planned) {
    const fired = stage.faults.plan(`${to}: ${name}`);
    const before = proxy.spoilt();
    // In JSON the method stands in quotation marks: `create` must not mean `create_something`.
    proxy.spoil({ ...rule, to: `"${to}"` });
    await stage.atRest([await stage.submit([hearts(2)])]);
    if (proxy.spoilt() > before) fired();
    proxy.heal();
  }
}
