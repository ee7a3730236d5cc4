import { actorKindWords, actorOf } from './who.ts';

const shapes = {
  person: (
    <>
      <circle cx="9" cy="6.2" r="2.7" />
      <path d="M3.8 14.4c.5-2.9 2.6-4.4 5.2-4.4s4.7 1.5 5.2 4.4z" />
    </>
  ),
  consumer: <path d="M11.5 3.5a3.2 3.2 0 1 0-2.9 4.6L4 12.6V15h2.6v-1.8h1.8v-1.8l1.4-1.4A3.2 3.2 0 0 0 11.5 3.5z" />,
  crossdock: <circle cx="9" cy="9" r="2.6" />,
  system: <path d="M3.5 4.5h11v3.6h-11zM3.5 9.9h11v3.6h-11z" />,
} as const;

/** Who did something, as a sign: a person, a program with a key, Crossdock itself, or an outside system. */
export function ActorSign({ who }: { readonly who: string }) {
  const { kind, name } = actorOf(who);
  const words = kind === 'crossdock' ? name : `${name}, ${actorKindWords[kind]}`;
  return (
    <svg className="actor-sign" data-kind={kind} viewBox="0 0 18 18" role="img" aria-label={words}>
      <title>{words}</title>
      {shapes[kind]}
    </svg>
  );
}
