/** The unit of what is not in the catalogue, until somebody says otherwise. */
export const defaultUnit = 'EA';

/** Units of which there is no half. */
export const countedUnits: ReadonlySet<string> = new Set(['EA', 'PC', 'CA', 'CT', 'BX', 'PK', 'PL', 'DZ', 'ST', 'PR']);
