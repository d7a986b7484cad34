import type { Entry } from './entries.ts';
import { say } from './words.ts';

/** An entry in words: what happened, why, and where there is more of it. */
export function EntryLine({ entry: { sentence, reason, link } }: { entry: Entry }) {
  return (
    <>
      {sentence}
      {reason && <p class="soft">{say('why', { reason })}</p>}
      {link && (
        <>
          {' '}
          <a href={link.href}>{link.text}</a>
        </>
      )}
    </>
  );
}
