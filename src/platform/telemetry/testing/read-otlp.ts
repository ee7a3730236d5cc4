/** A span as a collector reads it. */
export interface CollectedSpan {
  /** The node that told it. */
  readonly instance: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Trace and span ids. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly isFailed: boolean;
}

/** A field of a protobuf message: its number, and its bytes or its number. */
type Field = readonly [number, Buffer | bigint];

function varint(bytes: Buffer, from: number): readonly [bigint, number] {
  let value = 0n;
  for (let at = from, shift = 0n; ; at += 1, shift += 7n) {
    const byte = BigInt(bytes[at] ?? 0);
    value |= (byte & 0x7fn) << shift;
    if (byte < 0x80n) return [value, at + 1];
  }
}

/** The fields of a protobuf message, in their order; read apart from whoever wrote them. */
function* fields(bytes: Buffer): Generator<Field> {
  for (let at = 0; at < bytes.length; ) {
    const [tag, next] = varint(bytes, at);
    const number = Number(tag >> 3n);
    const type = Number(tag & 7n);
    if (type === 0) {
      const [value, end] = varint(bytes, next);
      yield [number, value];
      at = end;
    } else if (type === 1) {
      yield [number, bytes.readBigUInt64LE(next)];
      at = next + 8;
    } else if (type === 5) {
      yield [number, BigInt(bytes.readUInt32LE(next))];
      at = next + 4;
    } else if (type === 2) {
      const [length, start] = varint(bytes, next);
      at = start + Number(length);
      yield [number, bytes.subarray(start, at)];
    } else throw new Error(`wire type ${type} is not of protobuf 3`);
  }
}

const parts = (bytes: Buffer, number: number): readonly Buffer[] =>
  [...fields(bytes)].flatMap(([named, value]) => (named === number && Buffer.isBuffer(value) ? [value] : []));
const only = (all: readonly Field[], number: number): Buffer | bigint | undefined =>
  all.find(([named]) => named === number)?.[1];
const hex = (value: Buffer | bigint | undefined): string => (Buffer.isBuffer(value) ? value.toString('hex') : '');
const text = (value: Buffer | bigint | undefined): string => (Buffer.isBuffer(value) ? value.toString('utf8') : '');
const milliseconds = (value: Buffer | bigint | undefined): number =>
  typeof value === 'bigint' ? Number(value / 1_000n) / 1_000 : 0;

function attributeOf(bytes: Buffer): readonly [string, unknown] {
  const all = [...fields(bytes)];
  const any = only(all, 2);
  const [kind, value] = (Buffer.isBuffer(any) ? [...fields(any)][0] : undefined) ?? [0, undefined];
  if (kind === 1) return [text(only(all, 1)), text(value)];
  if (kind === 2) return [text(only(all, 1)), value === 1n];
  if (kind === 4) return [text(only(all, 1)), Number(value)];
  return [text(only(all, 1)), value === undefined ? undefined : Number(value)];
}

function spanOf(bytes: Buffer, instance: string): CollectedSpan {
  const all = [...fields(bytes)];
  const parent = hex(only(all, 4));
  const status = only(all, 15);
  return {
    instance,
    traceId: hex(only(all, 1)),
    spanId: hex(only(all, 2)),
    parentId: parent === '' ? undefined : parent,
    name: text(only(all, 5)),
    kind: Number(only(all, 6)),
    startMs: milliseconds(only(all, 7)),
    endMs: milliseconds(only(all, 8)),
    attributes: Object.fromEntries(parts(bytes, 9).map(attributeOf)),
    links: parts(bytes, 13).map((link) => {
      const members = [...fields(link)];
      return { traceId: hex(only(members, 1)), spanId: hex(only(members, 2)) };
    }),
    isFailed: Buffer.isBuffer(status) && only([...fields(status)], 3) === 2n,
  };
}

/** The spans of an OTLP `ExportTraceServiceRequest`. */
export const readOtlp = (request: Buffer): readonly CollectedSpan[] =>
  parts(request, 1).flatMap((resourceSpans) => {
    const resource = parts(resourceSpans, 1).flatMap((each) => parts(each, 1).map(attributeOf));
    const instance = String(Object.fromEntries(resource)['service.instance.id']);
    return parts(resourceSpans, 2).flatMap((scope) => parts(scope, 2).map((span) => spanOf(span, instance)));
  });
