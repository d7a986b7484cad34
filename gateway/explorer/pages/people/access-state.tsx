import type { PageAccessFragment } from '../../generated/graphql.ts';
import { sayOfPeople as say } from '../../parts/form/form-words.ts';
import { formatDate, formatTime } from '../../words/language.ts';

/** Whether the link or a session of a person can still be used. */
export const isAccessOpen = (access: PageAccessFragment | null | undefined): boolean =>
  access?.endsOn != null;

/** Whether a person can open the pages about her own journey, in a few words. */
function sayAccess(access: PageAccessFragment | null): string {
  if (!access) return say('notInvited');
  const { expiresAt, lastUsedOn, sessions } = access;
  if (sessions > 0) return say('signedIn', { day: formatDate(lastUsedOn ?? access.invitedOn) });
  if (isAccessOpen(access)) return say('invited', { time: formatTime(expiresAt) });
  return say(lastUsedOn ? 'accessEnded' : 'linkEnded', { day: formatDate(access.invitedOn) });
}

/** How a person opens the pages about her own journey, with a warning if somebody else tried. */
export function AccessState({ access }: { access: PageAccessFragment | null }) {
  return (
    <>
      {sayAccess(access)}
      {access?.wasTriedAgain && (
        <>
          {' '}
          <span class="badge warn">
            <span aria-hidden="true">!</span> {say('triedAgain')}
          </span>
        </>
      )}
    </>
  );
}
