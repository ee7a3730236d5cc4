import { createECDH, createHash, createPrivateKey } from 'node:crypto';
import ssh2 from 'ssh2';

/** A server's key and how a client is told to expect it. */
export interface HostKey {
  readonly pem: string;
  readonly fingerprint: string;
}

/** The host key of a simulated warehouse: the same whenever it starts again under the same name. Nothing here is secret. */
export function hostKeyOf(name: string): HostKey {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(createHash('sha256').update(`host key of ${name}`).digest());
  const point = curve.getPublicKey();
  const part = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', d: curve.getPrivateKey('base64url'), x: part(1), y: part(33) };
  const pem = createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'sec1', format: 'pem' }).toString();
  const parsed = ssh2.utils.parseKey(pem);
  if (parsed instanceof Error) throw parsed;
  const digest = createHash('sha256').update(parsed.getPublicSSH()).digest('base64');
  return { pem, fingerprint: `SHA256:${digest.replace(/=+$/, '')}` };
}
