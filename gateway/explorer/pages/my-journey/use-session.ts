import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { hasTravelled, removeCopy } from '../../session/journey-copy.ts';
import { renewSession } from '../../session/keep-session.ts';
import { session as hubSession } from '../../session/session.ts';

type Session = 'opening' | 'open' | 'unreachable' | 'none';

/** The session, which the browser renews by itself if it has one. */
export function useSession(): Session {
  const state = useSignal<Session>('opening');
  useEffect(() => {
    const renew = async () => {
      if (hubSession.value !== undefined) return;
      const renewed = hasTravelled() ? await renewSession() : 'none';
      // She may have signed in by hand meanwhile.
      if (hubSession.value === undefined && renewed === 'none') await removeCopy();
      state.value = renewed;
    };
    void renew();
    addEventListener('online', renew);
    return () => removeEventListener('online', renew);
  }, []);
  return hubSession.value === undefined ? state.value : 'open';
}
