import type { GraphResponse } from '../../client/send-operation.ts';
import { isRefusal } from '../../client/why-null.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { t } from '../../words/language.ts';

interface NoteProps {
  readonly response: GraphResponse<unknown> | undefined;
  readonly refetch: () => void;
}

const hasNothing = ({ data }: GraphResponse<unknown>): boolean =>
  Object.values(data ?? {}).every((value) => value === null);

/** Says once for a list of people how many the reader may not read of, and who may. */
export function PeopleNote({ shown, all }: { shown: number; all: number | null }) {
  if (all !== null && all <= shown) return null;
  return (
    <p>
      {all !== null && t('programme.withheldOf', { number: all - shown, all })}{' '}
      {t('programme.readersOfPeople')} <SignInButton />
    </p>
  );
}

/**
 * Names the partners that did not respond, or says that the reader may see nothing of the page. A
 * withheld value is not an error: it says so in its own place.
 */
export function PageNote({ response, refetch }: NoteProps) {
  if (!response) return null;
  const errors = response.errors.filter((error) => !isRefusal(error));
  return (
    <>
      <ResponseNote response={{ ...response, errors }} refetch={refetch} />
      {errors.length < response.errors.length && hasNothing(response) && (
        <p class="withheld-note">
          <NoValue why="withheld" /> {t('response.forbidden')} <SignInButton />
        </p>
      )}
    </>
  );
}
