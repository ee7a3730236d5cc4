/** The form in which requests and answers travel: nobody changes them. */
export type Frozen<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends readonly (infer Each)[]
    ? readonly Frozen<Each>[]
    : { readonly [Name in keyof Value]: Frozen<Value[Name]> };
