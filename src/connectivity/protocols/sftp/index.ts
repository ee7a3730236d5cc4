export { hostKeyFingerprint } from './host-key.ts';
export type { SftpSettings } from './settings.ts';
export { openSftp, type PutOptions, type RemoteFile, type Sftp } from './sftp.ts';
