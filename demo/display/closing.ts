export interface Whereabouts {
  /** Of the platform. */
  readonly url: string;
  readonly apiKey: string;
  /** An order to look at. */
  readonly orderNumber?: string;
}

/** What a person can do now. */
export function closingLines({ url, apiKey, orderNumber }: Whereabouts): readonly string[] {
  const order = `${url}/api/orders/v1/orders/${orderNumber ?? '100001'}`;
  return [
    '',
    '  The platform stays up. End it with Ctrl+C.',
    `  key        export KEY=${apiKey}`,
    `  an order   curl -H "X-API-Key: $KEY" ${order}`,
    `  its story  curl -H "X-API-Key: $KEY" ${order}/narrative`,
    `  contract   ${url}/api/orders/v1/openapi.json`,
    `  health     ${url}/health/ready and ${url}/metrics`,
    '  documents  README.md, ARCHITECTURE.md, CONTRIBUTING.md, docs/',
  ];
}
