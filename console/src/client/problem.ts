interface Failure {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly in?: string;
}

interface ProblemDocument {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly retryable?: boolean;
  readonly errors?: readonly Failure[];
}

/** What the server answered instead of what was asked: RFC 9457 problem details. */
export class Problem extends Error {
  readonly status: number;
  /** Stable: decide by this one. */
  readonly code: string;
  readonly title: string;
  /** Names this occurrence for whoever is asked for help. */
  readonly instance: string | undefined;
  readonly retryable: boolean;
  /** Everything that is wrong, at once. */
  readonly errors: readonly Failure[];

  constructor(status: number, document: ProblemDocument) {
    super(document.detail ?? `The server answered ${status}.`);
    this.name = 'Problem';
    this.status = status;
    this.code = document.code ?? 'unknown';
    this.title = document.title ?? 'Something went wrong';
    this.instance = document.instance;
    this.retryable = document.retryable ?? status >= 500;
    this.errors = document.errors ?? [];
  }

  static async of(response: Response): Promise<Problem> {
    const document: unknown = await response.json().catch(() => ({}));
    return new Problem(response.status, typeof document === 'object' && document !== null ? document : {});
  }
}
