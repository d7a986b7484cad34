import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { nameOfPartner } from '../../frame/settings.ts';
import { Contacts } from '../../parts/contacts.tsx';
import { openSession, renewSession } from '../../session/keep-session.ts';
import { person } from '../../session/session.ts';
import { t, type WordKey } from '../../words/language.ts';

/** What the link of an invitation has after its `#`. */
interface InvitationLink {
  readonly partner: string;
  readonly id: string;
  readonly secret: string;
}

/** Reads `dk.….…`. The hub and the organisation check what it says. */
function readInvitation(hash: string): InvitationLink | undefined {
  const [, partner, id, secret] = /^#([a-z][\w-]*)\.([\w-]{16})\.([\w-]{43})$/.exec(hash) ?? [];
  return partner && id && secret ? { partner, id, secret } : undefined;
}

/** The organisation of the participant who is signed in. */
const signedInAt = (): string | undefined =>
  person.value?.role === 'participant' ? person.value.organisation : undefined;

const failures: Readonly<Record<string, WordKey>> = {
  NOT_FOUND: 'join.unknown',
  LINK_USED: 'join.used',
  RATE_LIMITED: 'join.busy',
  // Right after her session was ended: clocks differ.
  UNAUTHENTICATED: 'join.busy',
};

const journeyPath = '/my-journey';

/**
 * Where the link of an invitation leads. It changes nothing until somebody presses the button,
 * because programs that check mails follow links.
 */
export function Join() {
  const { route } = useLocation();
  const link = useSignal<InvitationLink | undefined>(undefined);
  /** Somebody has opened the page by itself. */
  const hasNoLink = useSignal(false);
  const failure = useSignal<WordKey | undefined>(undefined);
  const isSignedIn = useSignal(false);
  const isOpening = useSignal(false);
  /** The link is used up, and the hub did not take its first token. */
  const isUsed = useSignal(false);
  useEffect(() => {
    link.value = readInvitation(location.hash);
    hasNoLink.value = location.hash === '';
    if (!link.value && !hasNoLink.value) failure.value = 'join.unknown';
    // The secret must not stay in the browser’s history.
    history.replaceState(null, '', location.pathname);
  }, []);
  const use = async (mayReplace: boolean) => {
    if (!link.value || isOpening.value) return;
    isOpening.value = true;
    failure.value = undefined;
    const { partner } = link.value;
    const isOpen = !mayReplace && (await renewSession()) === 'open';
    isSignedIn.value = isOpen && signedInAt() === partner;
    if (isSignedIn.value && isUsed.value) return route(journeyPath, true);
    if (isUsed.value) failure.value = 'join.busy';
    else if (!isSignedIn.value) {
      const code = await openSession('invitation', link.value);
      if (code === undefined) return route(journeyPath, true);
      isUsed.value = code === 'UNAUTHENTICATED';
      failure.value = failures[code] ?? 'join.away';
    }
    isOpening.value = false;
  };
  const organisation = nameOfPartner(link.value?.partner ?? '');
  return (
    <>
      <h1>{t('join.title')}</h1>
      {failure.value && <p role="alert">{t(failure.value, { organisation })}</p>}
      {hasNoLink.value && (
        <>
          <p>{t('join.noLink')}</p>
          {signedInAt() !== undefined && (
            <p class="actions">
              <a href={journeyPath}>{t('join.goOn')}</a>
            </p>
          )}
          <p>{t('join.lostLink')}</p>
        </>
      )}
      {(failure.value || hasNoLink.value) && (
        <>
          <h2>{t('help.ask')}</h2>
          <Contacts />
        </>
      )}
      {isSignedIn.value ? (
        <>
          <p>{t('join.signedIn', { organisation })}</p>
          <p class="actions">
            <a href={journeyPath}>{t('join.goOn')}</a>{' '}
            <button type="button" class="quiet" onClick={() => void use(true)}>
              {t('join.useLink')}
            </button>
          </p>
        </>
      ) : (
        link.value && (
          <>
            <p>{t('join.about', { organisation })}</p>
            <p>{t('join.shared')}</p>
            <button type="button" disabled={isOpening.value} onClick={() => void use(false)}>
              {t('join.open', { organisation })}
            </button>
          </>
        )
      )}
    </>
  );
}
