import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { useEffect } from 'preact/hooks';
import { nameOfPartner, settings } from '../frame/settings.ts';
import { Dialog } from '../parts/dialog.tsx';
import { t, type WordKey } from '../words/language.ts';
import { isAsking, isSigningIn, leave, openSession, stopAsking } from './keep-session.ts';
import { goToProvider } from './provider-sign-in.ts';
import { ended, session, type SessionEnd } from './session.ts';

/** Of the embedded start: anybody may be anybody. */
function TrialSignIn({ close }: { close: () => void }) {
  const failure = useSignal<string | undefined>(undefined);
  const role = useSignal(session.peek()?.role ?? 'coordinator');
  const { partners, roles } = settings.value;
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    failure.value = await openSession('trial', {
      organisation: form.get('organisation'),
      role: form.get('role'),
      person: form.get('person')?.toString().trim(),
    });
    if (failure.value === undefined) close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h3>{t('signIn.trialTitle')}</h3>
      <p>{t('signIn.trialNote')}</p>
      <label>
        {t('signIn.organisation')}
        <select name="organisation">
          {partners.map(({ code }) => (
            <option key={code} value={code} selected={code === session.peek()?.organisation}>
              {nameOfPartner(code)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('signIn.role')}
        <select
          name="role"
          value={role.value}
          onChange={({ currentTarget }) => (role.value = currentTarget.value)}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {t(`roles.${one}` as WordKey)}
            </option>
          ))}
        </select>
      </label>
      {role.value === 'participant' && (
        <label>
          {t('signIn.person')}
          <input name="person" required autocomplete="off" placeholder="dk:demo-officer-1" />
        </label>
      )}
      {failure.value && <p role="alert">{t('signIn.failed', { reason: failure.value })}</p>}
      <button type="submit">{t('signIn.try')}</button>
    </form>
  );
}

/** Of organisations that have a provider with which these pages are registered. */
function ProviderSignIn() {
  const failure = useSignal<string | undefined>(undefined);
  const go = async (organisation: string) => {
    failure.value = await goToProvider(organisation, `${location.pathname}${location.search}`);
  };
  return (
    <section>
      <h3>{t('signIn.providerTitle')}</h3>
      <ul class="ways">
        {settings.value.providers.map((code) => (
          <li key={code}>
            <button type="button" onClick={() => void go(code)}>
              {nameOfPartner(code)}
            </button>
          </li>
        ))}
      </ul>
      {failure.value && <p role="alert">{t('signIn.failed', { reason: failure.value })}</p>}
    </section>
  );
}

/** Whether most people sign in otherwise than by a token. */
const hasOtherWays = (): boolean =>
  settings.value.hasTrialSignIn || settings.value.providers.length > 0;

function TokenSignIn({ close }: { close: () => void }) {
  const failure = useSignal<string | undefined>(undefined);
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('token'));
    const token = text.trim().replace(/^Bearer\s+/i, '');
    failure.value = await openSession('token', { token });
    if (failure.value === undefined) close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h3>{t('signIn.tokenTitle')}</h3>
      <label>
        {t('signIn.token')}
        <textarea name="token" rows={4} spellcheck={false} autocomplete="off" required />
      </label>
      <p>{t('signIn.tokenNote')}</p>
      {failure.value && (
        <p role="alert">
          {failure.value === 'UNAUTHENTICATED'
            ? t('signIn.notAToken')
            : t('signIn.failed', { reason: failure.value })}
        </p>
      )}
      <button type="submit" class={hasOtherWays() ? 'quiet' : undefined}>
        {t('signIn.useToken')}
      </button>
    </form>
  );
}

export const endWords: Readonly<Record<SessionEnd, WordKey>> = {
  NONE: 'signIn.expired',
  EXPIRED: 'signIn.expired',
  SIGNED_OUT: 'signIn.signedOut',
  REVOKED: 'signIn.revoked',
  REPLACED: 'signIn.replaced',
};

/** Over a page whose session is over. Its forms stay as they are, and what was being sent is sent. */
export function SignInAgain() {
  const own = session.value;
  if (!own || !ended.value || !isAsking.value) return null;
  const hasProvider = settings.value.providers.includes(own.organisation);
  const nothing = () => undefined;
  return (
    <Dialog title={t('signIn.again')} close={stopAsking}>
      <p>{t(endWords[ended.value])}</p>
      <p>
        {t('signIn.goOn', {
          role: t(`roles.${own.role}` as WordKey),
          organisation: nameOfPartner(own.organisation),
        })}
      </p>
      {hasProvider && (
        <p>
          <a href={`/sign-in/window/${own.organisation}`} target="_blank" rel="noopener">
            {t('signIn.inWindow', { organisation: nameOfPartner(own.organisation) })}
          </a>{' '}
          {t('response.newWindow')}
        </p>
      )}
      {settings.value.hasTrialSignIn && <TrialSignIn close={nothing} />}
      <TokenSignIn close={nothing} />
      <p>
        <button type="button" class="quiet" onClick={() => void leave()}>
          {t('signIn.leave')}
        </button>
      </p>
    </Dialog>
  );
}

/** All ways to sign in that this hub offers, over the page. */
export function SignIn() {
  const close = () => (isSigningIn.value = false);
  // Somebody signed in, here or in another window.
  const isOpen = session.value !== undefined;
  useEffect(() => {
    if (isOpen) close();
  }, [isOpen]);
  if (!isSigningIn.value || isOpen) return null;
  return (
    <Dialog title={t('signIn.title')} close={close}>
      {settings.value.providers.length > 0 && <ProviderSignIn />}
      {settings.value.hasTrialSignIn && <TrialSignIn close={close} />}
      <TokenSignIn close={close} />
    </Dialog>
  );
}
