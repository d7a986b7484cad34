import { contractOf } from '../../frame/settings.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { useFormWords } from '../../parts/form/form-words.ts';
import { personHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { daysFromToday } from '../../parts/today.ts';
import { formatNumber, t } from '../../words/language.ts';
import { entryOfChange } from '../record/entries.ts';
import { ReadEach } from '../record/read-each.tsx';
import { changesQuery } from '../record/record-query.ts';
import { say, useRecordWords } from '../record/words.ts';

const lastDays = 30;
/** The most that a page may have. */
const first = 1000;

/** What tasks ask for. */
export const doing: ReadonlySet<string> = new Set([
  'acceptOfficer',
  'addItineraryStop',
  'assignExpert',
  'changeVisit',
  'confirmHosting',
  'confirmNetworkStop',
  'confirmRegionalHosting',
  'confirmRegionalStop',
  'confirmStop',
  'copyVisit',
  'decideExpertLoan',
  'decideDelegates',
  'decideOfficers',
  'declineDelegate',
  'declineOfficer',
  'draftEvaluation',
  'draftOfficeEvaluation',
  'handInDelegateReport',
  'handInOfficerReport',
  'nominateDelegate',
  'nominateOfficer',
  'offerHosting',
  'offerRegionalHosting',
  'recordDelegateFormalities',
  'recordDelegateFormality',
  'recordDelegatesBriefing',
  'recordDelegatesDebriefing',
  'recordDelegatesMeeting',
  'recordDeparture',
  'recordGroupBriefing',
  'recordGroupDebriefing',
  'recordGroupMeeting',
  'recordOfficerFormalities',
  'recordOfficerFormality',
  'recordReturn',
  'releaseExpert',
  'scheduleVisit',
  'selectDelegate',
  'signEvaluation',
  'signOfficeEvaluation',
  'withdrawHosting',
  'withdrawRegionalHosting',
]);

/**
 * What the reader’s organisation did of late of what tasks ask for, as the owners of the records noted
 * it. The graph keeps no tasks that are done.
 */
export function DoneTasks({ own }: { own: string }) {
  const areWordsHere = useRecordWords();
  const areLabelsHere = useFormWords();
  if (!areWordsHere || !areLabelsHere) return <Loading />;
  const days = { from: `${daysFromToday(-lastDays)}T00:00:00Z`, to: null };
  const owners = [...new Set(['nbnp', 'ncm', own])];
  const queries = new Map(
    owners.map((owner) => [owner, { ...contractOf(owner), ...days, first, subject: null }]),
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
              .filter(({ organisation, mutation }) => organisation === own && doing.has(mutation))
              // Who it was is an account without a name: it stands in the record.
              .map((change) => ({ ...change, person: null }))
              .map((change) => entryOfChange(owner, change, { own, hrefOf: personHref })),
          )
          .toSorted((one, other) => (one.at < other.at ? 1 : -1));
        return (
          <>
            <ResponseNote response={response} refetch={refetch} />
            {isLoading && <Loading />}
            {!isLoading && done.length === 0 && <p>{t('response.nothing')}</p>}
            <ul class="known">
              {done.map(({ id, sentence, reason, link }) => (
                <li key={id}>
                  {sentence}
                  {reason && <p class="soft">{say('why', { reason })}</p>}
                  {link && (
                    <>
                      {' '}
                      <a href={link.href}>{link.text}</a>
                    </>
                  )}
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
