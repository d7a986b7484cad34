import { contractOf } from '../../frame/settings.ts';
import { useTitle } from '../../frame/title.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { useFormWords } from '../../parts/form/form-words.ts';
import { personHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { say, useRecordWords } from '../../parts/record-words.ts';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { daysFromToday } from '../../parts/today.ts';
import { person } from '../../session/session.ts';
import { formatDate, formatNumber, formatTime, t } from '../../words/language.ts';
import { entryOfChange, type Entry } from './entries.ts';
import { isDoneForTask } from './nouns.ts';
import { ReadEach } from './read-each.tsx';
import { changesQuery } from './record-query.ts';

const lastDays = 30;
/** The most that a page may have. */
const first = 1000;

/** A change as a sentence: what happened, why, and where there is more of it. */
function EntryLine({ entry: { who, deed = '', what, at, reason, link } }: { entry: Entry }) {
  return (
    <>
      {say('wasChanged', { who, deed, what, day: formatTime(at) })}
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

/**
 * What the reader’s organisation did of late of what tasks ask for, as the owners of the records noted
 * it. The graph keeps no tasks that are done.
 */
function Done({ own }: { own: string }) {
  const areWordsHere = useRecordWords();
  const areLabelsHere = useFormWords();
  if (!areWordsHere || !areLabelsHere) return <Loading />;
  const days = { from: `${daysFromToday(-lastDays)}T00:00:00Z`, to: null };
  const owners = [...new Set(['nbnp', 'ncm', own])];
  const queries = new Map(
    owners.map((owner) => [
      owner,
      // Who it was is an account without a name: it stands in the record.
      { ...contractOf(owner), ...days, first, subject: null, namesPeople: false },
    ]),
  );
  return (
    <ReadEach document={changesQuery} queries={queries}>
      {({ parts, isLoading, response, refetch }) => {
        const pages = parts.flatMap(([owner, { police, offices, network }]) => {
          const page = police ?? offices ?? network;
          return page ? [{ owner, page }] : [];
        });
        const done = pages
          .flatMap(({ owner, page }) =>
            page.nodes
              .filter(
                ({ organisation, mutation }) => organisation === own && isDoneForTask(mutation),
              )
              .map((change) => entryOfChange(owner, change, { own, hrefOf: personHref })),
          )
          .toSorted((one, other) => (one.at < other.at ? 1 : -1));
        return (
          <>
            <ResponseNote response={response} refetch={refetch} />
            {isLoading && <Loading />}
            {!isLoading && done.length === 0 && (
              <p>{t('tasks.noneDone', { day: formatDate(daysFromToday(-lastDays)) })}</p>
            )}
            <ul class="known">
              {done.map((entry) => (
                <li key={entry.id}>
                  <EntryLine entry={entry} />
                </li>
              ))}
            </ul>
            {pages.some(({ page }) => page.pageInfo.hasNextPage) && (
              <p>{say('notAll', { number: formatNumber(first) })}</p>
            )}
          </>
        );
      }}
    </ReadEach>
  );
}

/** Tasks that are done, for those who may read what was changed. */
export function DonePage() {
  const title = t('tasks.doneLately');
  useTitle(title);
  const { organisation = '', role = '' } = person.value ?? {};
  return (
    <>
      <p class="way-up">
        <a href="/tasks">{t('frame.tasks')}</a>
      </p>
      <h1>{title}</h1>
      {['coordinator', 'auditor'].includes(role) ? (
        <Done key={organisation} own={organisation} />
      ) : (
        <p>
          {t('tasks.signIn')} <SignInButton />
        </p>
      )}
    </>
  );
}
