/** Words that are not written like others. */
const own: Readonly<Record<string, string>> = {
  api: 'API',
  apis: 'APIs',
  crm: 'CRM',
  csv: 'CSV',
  edi: 'EDI',
  erp: 'ERP',
  id: 'ID',
  json: 'JSON',
  kpi: 'KPI',
  kpis: 'KPIs',
  oidc: 'OIDC',
  po: 'PO',
  url: 'URL',
  wms: 'WMS',
};

/**
 * A name from code as a person writes it: `awaiting-stock` → `Awaiting stock`, `failed-book-in-erp` → `Failed book in ERP`,
 * `releaseHold` → `Release hold`, `breaker-open` → `Breaker open`.
 */
export function sentenceCase(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[-_.\s]+/)
    .filter((word) => word !== '')
    .map((word) => own[word.toLowerCase()] ?? word.toLowerCase());
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Who acted, as the records name them: `person:olga` → `olga`, `api:web-shop` → `web-shop (API key)`, `engine` → `Crossdock`. */
export function actor(by: string): string {
  if (by === 'engine') return 'Crossdock';
  const cut = by.indexOf(':');
  if (cut < 0) return by;
  const [kind, name] = [by.slice(0, cut), by.slice(cut + 1)];
  return kind === 'api' ? `${name} (API key)` : name;
}
