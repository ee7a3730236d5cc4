import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { goTo, Router } from '../../app/routes.ts';
import { beginSessionByLink } from '../../app/session.ts';
import { Problem } from '../../client/problem.ts';
import { Field, failureAt } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Door } from './door.tsx';

/** A link opens something once: it is tried once, however often the page is drawn. */
const tried = new Map<string, Promise<void>>();

function tryOnce(token: string): Promise<void> {
  const trying = tried.get(token) ?? beginSessionByLink(token);
  tried.set(token, trying);
  return trying;
}

/** It stands behind the `#` of the address, which no browser sends: no server and no proxy on the way can write it down. */
const tokenOf = (): string => location.hash.slice(1);

/** Where somebody comes in by a link; another link in the same tab changes nothing but what stands behind the `#`. */
export function Invitation() {
  const [token, setToken] = useState(tokenOf);
  useEffect(() => {
    const look = (): void => setToken(tokenOf());
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return <Entrance key={token} token={token} />;
}

/** At once, or by choosing a password. */
function Entrance({ token }: { readonly token: string }) {
  const queries = useQueryClient();
  const [standing, setStanding] = useState<'trying' | 'choosing' | 'refused'>('trying');
  const [problem, setProblem] = useState<unknown>();
  const [password, setPassword] = useState('');

  useEffect(() => {
    function enter(): void {
      queries.clear();
      goTo(Router.Today());
    }
    tryOnce(token).then(enter, (thrown: unknown) => {
      if (thrown instanceof Problem && thrown.code === 'password-needed') return setStanding('choosing');
      setProblem(thrown);
      setStanding('refused');
    });
  }, [token, queries]);

  if (standing === 'trying') {
    return (
      <main className="door">
        <Skeleton label="Signing in" />
      </main>
    );
  }
  if (standing === 'refused') {
    return (
      <Door title="This link does not open" does="Go to sign in" onEnter={async () => goTo(Router.SignIn())}>
        <ProblemNote problem={problem} />
      </Door>
    );
  }
  return (
    <Door
      title="Choose a password"
      lede="The link opens once. From then on you sign in with your user name and this password."
      does="Sign in"
      onEnter={async () => {
        setProblem(undefined);
        try {
          await beginSessionByLink(token, password);
        } catch (thrown) {
          setProblem(thrown);
          throw thrown;
        }
        queries.clear();
        goTo(Router.Today());
      }}
    >
      <Field
        label="Password"
        isRequired
        hint="At least 12 characters: a short sentence is good."
        error={failureAt(problem, '/password')}
      >
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="new-password"
            minLength={12}
            maxLength={200}
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        )}
      </Field>
    </Door>
  );
}
