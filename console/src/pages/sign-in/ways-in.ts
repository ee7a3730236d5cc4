import { Problem } from '../../client/problem.ts';

/** How one may come in here. */
export interface WaysIn {
  readonly password: boolean;
  /** The identity provider of the company, where there is one. */
  readonly provider?: { readonly name: string; readonly path: string };
}

/** Asks how one may come in. */
export async function waysIn(): Promise<WaysIn> {
  const response = await fetch('/session', { credentials: 'same-origin' });
  if (!response.ok) throw await Problem.of(response);
  return (await response.json()) as WaysIn;
}

const refusals: Readonly<Record<string, string>> = {
  'no-role':
    'Your company’s sign-in knows you, but gives you no role here. Ask whoever keeps the people of this installation.',
  'no-name': 'Your company’s sign-in did not say who you are.',
  'name-taken': 'Somebody else has your user name here. Ask whoever keeps the people of this installation.',
  disabled: 'You may not sign in here any more.',
  expired: 'It took too long, or it was begun in another window. Try again.',
  'provider-refused': 'Your company’s sign-in refused it. Try again.',
  'provider-away': 'Your company’s sign-in cannot be reached. Try again in a moment.',
};

/** Why one was turned away, by the code in the address. */
export const refusalOf = (problem: string | undefined): string | undefined =>
  problem === undefined
    ? undefined
    : Object.hasOwn(refusals, problem)
      ? refusals[problem]
      : 'Signing in did not work. Try again.';
