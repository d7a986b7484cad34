import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { nameOfPartner, settings } from '../frame/settings.ts';
import { Dialog } from '../parts/dialog.tsx';
import { t, type WordKey } from '../words/language.ts';
import { goToProvider } from './provider-sign-in.ts';
import { signInForTrial, signInWithToken } from './session.ts';

/** Of the embedded start: anybody may be anybody. */
function TrialSignIn({ close }: { close: () => void }) {
  const failure = useSignal<string | undefined>(undefined);
  const role = useSignal('coordinator');
  const { partners, roles } = settings.value;
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    failure.value = await signInForTrial(
      String(form.get('organisation')),
      String(form.get('role')),
      form.get('person')?.toString().trim(),
    );
    if (failure.value === undefined) close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h3>{t('signIn.trialTitle')}</h3>
      <p>{t('signIn.trialNote')}</p>
      <label>
        {t('signIn.organisation')}
        <select name="organisation">
          {partners.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
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
    failure.value = await goToProvider(organisation);
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

function TokenSignIn({ close }: { close: () => void }) {
  const isWrong = useSignal(false);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('token'));
    isWrong.value = !signInWithToken(text);
    if (!isWrong.value) close();
  };
  return (
    <form onSubmit={submit}>
      <h3>{t('signIn.tokenTitle')}</h3>
      <label>
        {t('signIn.token')}
        <textarea name="token" rows={4} spellcheck={false} autocomplete="off" required />
      </label>
      <p>{t('signIn.tokenNote')}</p>
      {isWrong.value && <p role="alert">{t('signIn.notAToken')}</p>}
      <button type="submit">{t('signIn.useToken')}</button>
    </form>
  );
}

/** All ways to sign in that this hub offers. */
export function SignIn({ close }: { close: () => void }) {
  return (
    <Dialog title={t('signIn.title')} close={close}>
      {settings.value.providers.length > 0 && <ProviderSignIn />}
      {settings.value.hasTrialSignIn && <TrialSignIn close={close} />}
      <TokenSignIn close={close} />
    </Dialog>
  );
}
