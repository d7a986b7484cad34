import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { Loading } from '../../parts/loading.tsx';
import { finishAtCallback } from '../../session/provider-sign-in.ts';
import { t } from '../../words/language.ts';

/** Where a provider sends the person back to. */
export function SignInCallback() {
  const { route } = useLocation();
  const failure = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const { pathname, search } = location;
    // The code must not stay in the browser’s history.
    history.replaceState(null, '', pathname);
    void finishAtCallback({ pathname, search }).then((end) => {
      if ('page' in end) route(end.page, true);
      else failure.value = end.failure;
    });
  }, []);
  if (failure.value === undefined) return <Loading />;
  return (
    <>
      <h1>{t('signIn.title')}</h1>
      <p role="alert">{t('signIn.failed', { reason: failure.value })}</p>
    </>
  );
}
