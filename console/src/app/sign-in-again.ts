import { getLocation } from '@swan-io/chicane';
import { Router } from './routes.ts';

/** A place of this console to go back to; anything else, which somebody may have put into a link, is today. */
export function placeToReturnTo(back: string | undefined): string {
  if (back === undefined || !/^\/(?![/\\])/.test(back) || back.startsWith('/sign-in')) return Router.Today();
  return back;
}

/** Goes to the sign-in page, from which one comes back to where one is. */
export function signInAgain(): void {
  if (Router.getRoute(['SignIn', 'Invitation']) !== undefined) return;
  const here = getLocation().toString();
  Router.replace('SignIn', here === Router.Today() ? {} : { back: here });
}
