import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { goTo, Router } from '../../app/routes.ts';
import { beginSession } from '../../app/session.ts';
import { placeToReturnTo } from '../../app/sign-in-again.ts';
import { Field } from '../../parts/field.tsx';
import { Door } from './door.tsx';
import { refusalOf, waysIn } from './ways-in.ts';

/** Where people sign in; from here they go back to where they were. */
export function SignIn() {
  const route = Router.useRoute(['SignIn']);
  const queries = useQueryClient();
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const ways = useQuery({ queryKey: ['ways-in'], queryFn: waysIn, staleTime: 60_000 }).data;
  const back = placeToReturnTo(route?.params.back);

  async function enter(): Promise<void> {
    await beginSession(userName.trim().toLowerCase(), password);
    // Nothing of whoever was here before.
    queries.clear();
    goTo(back);
  }

  return (
    <Door
      title="Sign in"
      does="Sign in"
      onEnter={enter}
      problem={refusalOf(route?.params.problem)}
      foot={
        ways?.provider === undefined ? null : (
          <a className="button" href={`${ways.provider.path}?then=${encodeURIComponent(back)}`}>
            Sign in with {ways.provider.name}
          </a>
        )
      }
    >
      <Field label="User name" isRequired>
        {(control) => (
          <input
            {...control}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: there is nothing else to do on this page.
            autoFocus
            value={userName}
            onChange={({ target }) => setUserName(target.value)}
          />
        )}
      </Field>
      <Field label="Password" isRequired>
        {(control) => (
          <input
            {...control}
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        )}
      </Field>
    </Door>
  );
}
