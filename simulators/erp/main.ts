import { runSimulator, simulatorArguments } from '../kit/index.ts';
import { startErp } from './erp.ts';

/**
 * `node simulators/erp/main.ts --world FILE --ledger FILE`: an ERP in a process of its own. It keeps its books in
 * `FILE.commits` beside the ledger and goes on from there when it is started again. Every user has the password of the
 * environment's `ERP_SIMULATOR_PASSWORD`, default `simulated-erp`; the ready line tells it.
 */
await runSimulator({
  name: 'erp',
  perSite: false,
  start: (needs) => {
    const { ledger } = simulatorArguments(process.argv.slice(2));
    return startErp(needs, {
      password: process.env.ERP_SIMULATOR_PASSWORD ?? 'simulated-erp',
      commitFile: `${ledger}.commits`,
      ledgerFile: ledger,
    });
  },
});
