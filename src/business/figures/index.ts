import type { Flow } from '#platform/engine';
import type { FigureBook } from '#platform/figures';
import { customerServiceEscalations } from './customer-service-escalations.ts';
import { caseTimeToClose, openCaseAges } from './exception-age.ts';
import { failuresByProcess } from './failures-by-process.ts';
import { inventoryLag } from './inventory-lag.ts';
import { manualExceptionVolume } from './manual-exception-volume.ts';
import { missingFigures } from './missing-figures.ts';
import { orderCycleTime } from './order-cycle-time.ts';
import { orderRework } from './order-rework.ts';
import { perfectOrder } from './perfect-order.ts';
import { recoveredWithoutAPerson } from './recovered-without-a-person.ts';
import { shipmentVisibilityAccuracy } from './shipment-visibility-accuracy.ts';
import { stageLatency } from './stage-latency.ts';
import { timeToRecover } from './time-to-recover.ts';
import { warehouseReleaseCycle } from './warehouse-release-cycle.ts';

export { openCaseAges } from './exception-age.ts';

/** Every figure of an installation with these flows. */
export const figureBook = (flows: readonly Flow[]): FigureBook => ({
  sets: [
    orderCycleTime,
    warehouseReleaseCycle,
    perfectOrder,
    orderRework,
    manualExceptionVolume,
    recoveredWithoutAPerson,
    timeToRecover,
    customerServiceEscalations,
    shipmentVisibilityAccuracy,
    inventoryLag,
    stageLatency(flows),
    failuresByProcess,
    caseTimeToClose,
  ],
  missing: missingFigures,
  openCases: openCaseAges,
});
