import { isSigningIn } from '../session/keep-session.ts';
import { person } from '../session/session.ts';
import { t } from '../words/language.ts';

/** Behind a sentence that says what a sign-in would show. */
export function SignInButton() {
  if (person.value) return null;
  return (
    <button type="button" class="link" onClick={() => (isSigningIn.value = true)}>
      {t('signIn.open')}
    </button>
  );
}
