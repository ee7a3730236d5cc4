import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Me } from '../client/me.ts';
import { Problem } from '../client/problem.ts';
import { Button } from '../parts/button.tsx';
import { sentenceCase } from '../words/names.ts';
import { zone } from '../words/when.ts';
import { Router } from './routes.ts';
import { endSession } from './session.ts';
import { chooseTheme, type Theme, useTheme } from './theme.ts';

const themes: readonly { readonly theme: Theme; readonly title: string }[] = [
  { theme: 'system', title: 'As the system' },
  { theme: 'light', title: 'Light' },
  { theme: 'dark', title: 'Dark' },
];

/** Who one is here, how it looks, and the way out. */
export function AccountMenu({ me }: { readonly me: Me }) {
  const theme = useTheme();
  const queries = useQueryClient();
  const [because, setBecause] = useState<string>();
  async function signOut(): Promise<void> {
    setBecause(undefined);
    try {
      await endSession();
    } catch (thrown) {
      setBecause(thrown instanceof Problem ? thrown.message : 'The platform cannot be reached.');
      return;
    }
    Router.push('SignIn');
    queries.clear();
  }
  return (
    <>
      <p className="account-name">{me.name}</p>
      <p>
        {me.userName}, {sentenceCase(me.role).toLowerCase()}
        {me.sites === undefined ? '' : `, sees ${me.sites.join(', ')} only`}
      </p>
      <fieldset>
        <legend>Theme</legend>
        {themes.map((choice) => (
          <label key={choice.theme} className="check">
            <input
              type="radio"
              name="theme"
              checked={theme === choice.theme}
              onChange={() => chooseTheme(choice.theme)}
            />
            {choice.title}
          </label>
        ))}
      </fieldset>
      <p>Times are in the zone {zone}.</p>
      {because === undefined ? null : (
        <p className="problem" role="alert">
          You are still signed in: {because}
        </p>
      )}
      <Button onClick={() => void signOut()}>{because === undefined ? 'Sign out' : 'Try to sign out again'}</Button>
    </>
  );
}
