/** What `string_agg(float8send(…), '')` made: eight bytes each, the highest first. */
export function unpackValues(bytes: Buffer): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, index) => view.getFloat64(index * 8));
}
