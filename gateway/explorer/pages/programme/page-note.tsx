import type { GraphResponse } from '../../client/send-operation.ts';
import { isRefusal } from '../../client/why-null.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { person } from '../../session/session.ts';
import { t, type WordKey } from '../../words/language.ts';

interface NoteProps {
  readonly response: GraphResponse<unknown> | undefined;
  readonly refetch: () => void;
}

/** Whether the reader may see nothing of the page, or some of it, and what to do about it. */
function withheldText({ data }: GraphResponse<unknown>): WordKey {
  if (Object.values(data ?? {}).every((value) => value === null)) return 'response.forbidden';
  return person.value ? 'programme.withheldRole' : 'programme.withheldSignIn';
}

/** Says once for a list of people how many the reader may not read of, and who may. */
export function PeopleNote({ shown, all }: { shown: number; all: number | null }) {
  if (all !== null && all <= shown) return null;
  return (
    <p>
      {all !== null && t('programme.withheldOf', { number: all - shown, all })}{' '}
      {t('programme.readersOfPeople')}
    </p>
  );
}

/**
 * Names the partners that did not respond, and says that parts of the page are withheld. A withheld
 * value is not an error: it says so in its own place.
 */
export function PageNote({ response, refetch }: NoteProps) {
  if (!response) return null;
  const errors = response.errors.filter((error) => !isRefusal(error));
  return (
    <>
      <ResponseNote response={{ ...response, errors }} refetch={refetch} />
      {errors.length < response.errors.length && (
        <p class="withheld-note">
          <NoValue why="withheld" /> {t(withheldText(response))} <SignInButton />
        </p>
      )}
    </>
  );
}
