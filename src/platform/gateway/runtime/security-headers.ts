import type { FastifyInstance } from 'fastify';

/** For every answer that says nothing else: it is data, never a page, and nothing may be guessed about it. */
const ofData: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** For the console: scripts and styles are files of ours and stand nowhere in a page, and nobody shows it in a frame. */
export const ofPages: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Adds to every answer what keeps browsers from making more of it than it is. */
export function secureAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (_, reply) => {
    for (const name in ofData) if (!reply.hasHeader(name)) reply.header(name, ofData[name]);
  });
}
