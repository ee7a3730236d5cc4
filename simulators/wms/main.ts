import { runSimulator } from '../kit/index.ts';
import { startWarehouse } from './simulator.ts';

/** A warehouse: `node simulators/wms/main.ts --world FILE --ledger FILE --site SITE`. */
await runSimulator({ name: 'wms', perSite: true, start: startWarehouse });
