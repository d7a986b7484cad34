import { useSignal } from '@preact/signals';
import { useLocation, useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { Loading } from '../../parts/loading.tsx';
import { finishAtCallback, goToProvider } from '../../session/provider-sign-in.ts';
import { t } from '../../words/language.ts';

function Failed({ failure }: { failure: string }) {
  return (
    <>
      <h1>{t('signIn.title')}</h1>
      <p role="alert">{t('signIn.failed', { reason: failure })}</p>
    </>
  );
}

/** Where a provider sends the person back to. */
export function SignInCallback() {
  const { route } = useLocation();
  const failure = useSignal<string | undefined>(undefined);
  const isDone = useSignal(false);
  useEffect(() => {
    const { pathname, search } = location;
    // The code must not stay in the browser’s history.
    history.replaceState(null, '', pathname);
    void finishAtCallback({ pathname, search }).then((end) => {
      if ('failure' in end) failure.value = end.failure;
      else if (end.page !== undefined) route(end.page, true);
      else {
        isDone.value = true;
        // The page that opened this window has gone on. A browser may refuse.
        close();
      }
    });
  }, []);
  if (failure.value !== undefined) return <Failed failure={failure.value} />;
  if (!isDone.value) return <Loading />;
  return (
    <>
      <h1>{t('signIn.done')}</h1>
      <p role="status">{t('signIn.closeWindow')}</p>
    </>
  );
}

/** A window in which somebody signs in, while her form stays in the other one. */
export function SignInWindow() {
  const { params } = useRoute();
  const failure = useSignal<string | undefined>(undefined);
  useEffect(() => {
    void goToProvider(params['organisation'] ?? '').then((code) => (failure.value = code));
  }, []);
  return failure.value === undefined ? <Loading /> : <Failed failure={failure.value} />;
}
