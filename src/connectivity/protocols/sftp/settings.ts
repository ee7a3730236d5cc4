/** Where an SFTP server is and who we are there. Exactly one of `password` and `privateKey`. */
export interface SftpSettings {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password?: string;
  /** PEM or OpenSSH text. */
  readonly privateKey?: string;
  /** The server's key as OpenSSH prints it: `SHA256:` and base64. Any other key is refused. */
  readonly hostKey: string;
  /** For one request to the server, ms. Default 15,000. After it the connection is reset. */
  readonly timeoutMs?: number;
}
