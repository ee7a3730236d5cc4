import type { paths } from './schema.generated.d.ts';

type Content<Operation> = Operation extends {
  readonly responses: { readonly 200: { readonly content: { readonly 'application/json': infer Body } } };
}
  ? Body
  : never;

/** What a call of this path answers, by GET if nothing else is said: `AnswerOf<'/api/lanes/v1/lanes'>['lanes'][number]` is a lane. */
export type AnswerOf<Path extends keyof paths, Method extends keyof paths[Path] = 'get'> = Content<paths[Path][Method]>;
