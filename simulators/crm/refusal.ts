/** An error as the REST API answers it: a status and a list of one. */
export interface Refusal {
  readonly status: number;
  readonly errorCode: string;
  readonly message: string;
  readonly fields?: readonly string[];
}

/** What a request comes to: the status and the JSON body; undefined for an empty one. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

export const refuse = (status: number, errorCode: string, message: string, fields?: readonly string[]): Refusal => ({
  status,
  errorCode,
  message,
  ...(fields === undefined ? {} : { fields }),
});

export const isRefusal = (value: object): value is Refusal => 'errorCode' in value;

/** The body of a refusal on the wire. */
export const refusalReply = ({ status, errorCode, message, fields }: Refusal): Reply => ({
  status,
  body: [{ message, errorCode, ...(fields === undefined ? {} : { fields }) }],
});
