import { runSimulator } from '../kit/index.ts';
import { startCrm } from './crm.ts';

/** `node simulators/crm/main.ts --world FILE --ledger FILE`: a CRM organisation in a process of its own. */
await runSimulator({ name: 'crm', perSite: false, start: (needs) => startCrm(needs) });
