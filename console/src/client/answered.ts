/**
 * The data of an answer. What went wrong was thrown as a `Problem` before, so there is always some.
 *
 * ```ts
 * const { lanes } = await answered(client.GET('/api/lanes/v1/lanes'));
 * ```
 */
export async function answered<Data>(asked: Promise<{ readonly data?: Data }>): Promise<NonNullable<Data>> {
  const { data } = await asked;
  return data as NonNullable<Data>;
}
