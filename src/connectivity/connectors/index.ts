import type { Connector } from '#connectivity/kit';
import { salesforce } from './salesforce/index.ts';
import { smtpNotices } from './smtp-notices/index.ts';
import { tryton } from './tryton/index.ts';
import { x12Warehouse } from './x12-warehouse/index.ts';

/** Every connector there is. Adding a system is adding a folder, and a line here. */
export const connectors: readonly Connector[] = [salesforce, smtpNotices, tryton, x12Warehouse];
