import type { Answer } from '../../client/ask.ts';
import { isRefusal } from '../../client/why-null.ts';
import { AnswerNote } from '../../parts/completeness.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { person } from '../../session/session.ts';
import { t, type WordKey } from '../../words/language.ts';

interface NoteProps {
  readonly answer: Answer<unknown> | undefined;
  readonly askAgain: () => void;
}

/** Whether the reader may see nothing of the page, or some of it, and what to do about it. */
function withheldText({ data }: Answer<unknown>): WordKey {
  if (Object.values(data ?? {}).every((value) => value === null)) return 'answer.forbidden';
  return person.value ? 'programme.withheldRole' : 'programme.withheldSignIn';
}

/**
 * Says who did not answer, and that parts of the page are withheld. What is withheld is no error:
 * each such value says so in its own place.
 */
export function PageNote({ answer, askAgain }: NoteProps) {
  if (!answer) return null;
  const errors = answer.errors.filter((error) => !isRefusal(error));
  return (
    <>
      <AnswerNote answer={{ ...answer, errors }} askAgain={askAgain} />
      {errors.length < answer.errors.length && (
        <p class="withheld-note">
          <NoValue why="withheld" /> {t(withheldText(answer))}
        </p>
      )}
    </>
  );
}
