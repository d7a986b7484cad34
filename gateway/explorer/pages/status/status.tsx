import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PartnerState } from '../../parts/partner-state.tsx';
import { Table } from '../../parts/table.tsx';
import { formatTime, t } from '../../words/language.ts';
import { Conformance } from './conformance.tsx';
import { Failures } from './failures.tsx';
import { Keys } from './keys.tsx';
import { Maintenance } from './maintenance.tsx';
import { Proposals } from './proposals.tsx';
import { Quarantines } from './quarantines.tsx';
import { Releases } from './releases.tsx';
import { ResponseTimes } from './response-times.tsx';
import { statusQuery, type PartnerRow } from './status-query.ts';
import { Usage } from './usage.tsx';

/** The server’s status; of a partner that the hub does not call, why not. */
function State({ status, membership, membershipReason: reason }: PartnerRow) {
  if (membership === 'MEMBER') return <PartnerState status={status} />;
  const state = t(`statuses.${membership}`);
  return <>{reason ? `${state}: ${reason}` : state}</>;
}

/** Whoever is down stands first. */
const urgency = [
  'UNAVAILABLE',
  'QUARANTINED',
  'DEGRADED',
  'MAINTENANCE',
  null,
  'ANSWERING',
] as const;

const urgencyOf = ({ membership, status }: PartnerRow): number =>
  membership === 'MEMBER' ? urgency.indexOf(status) : urgency.length;

const isWrong = ({ membership, status, quarantineReason }: PartnerRow): boolean =>
  membership === 'MEMBER' && (status !== 'ANSWERING' || quarantineReason !== null);

/** What is wrong now, before everything else. */
function Wrongs({ partners }: { partners: readonly PartnerRow[] }) {
  const wrong = partners.filter(isWrong);
  return (
    <section class={wrong.length > 0 ? 'note' : undefined} aria-live="polite">
      <h2>{t('status.wrong')}</h2>
      {wrong.length === 0 && <p>{t('status.noWrong')}</p>}
      {wrong.length > 0 && (
        <ul>
          {wrong.map((partner) => (
            <li key={partner.code}>
              {`${partner.name} (${partner.code}): `}
              <State {...partner} />
              {partner.statusSince && `, ${t('status.since')}: ${formatTime(partner.statusSince)}`}
              {partner.quarantineReason &&
                `. ${t('status.quarantines')}: ${partner.quarantineReason}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Partners({ partners }: { partners: readonly PartnerRow[] }) {
  return (
    <Table
      caption={t('frame.status')}
      rows={partners}
      keyOf={({ code }) => code}
      columns={[
        { title: t('status.partner'), of: ({ name, code }) => `${name} (${code})` },
        { title: t('status.state'), of: State },
        {
          title: t('status.since'),
          of: ({ statusSince }) => (statusSince ? formatTime(statusSince) : ''),
        },
        {
          title: t('status.lastAnswered'),
          of: ({ lastAnsweredAt }) =>
            lastAnsweredAt ? formatTime(lastAnsweredAt) : t('status.never'),
        },
        { title: t('status.contract'), of: ({ subgraph }) => subgraph },
      ]}
    />
  );
}

/** How often the page asks again while it is visible, in milliseconds. */
const refreshMs = 15_000;

/** Which partners respond, what they publish, how they did lately, and what is used of the graph. */
export function Status() {
  const { response, refetch } = useQuery(statusQuery, {});
  const round = useSignal(0);
  const askAll = () => {
    refetch();
    round.value += 1;
  };
  useEffect(() => {
    const timer = setInterval(() => document.hidden || refetch(), refreshMs);
    return () => clearInterval(timer);
  }, [response]);
  const { releases, contractProposals, hubKeysChangedAt } = response?.data ?? {};
  const partners = response?.data?.partners?.toSorted((a, b) => urgencyOf(a) - urgencyOf(b));
  return (
    <>
      <h1>{t('frame.status')}</h1>
      <p class="lead">{t('status.lead')}</p>
      <ResponseNote response={response} />
      {!response && <Loading />}
      {partners && (
        <>
          <Wrongs partners={partners} />
          <Partners partners={partners} />
          <Maintenance partners={partners} />
          <Quarantines partners={partners} />
          <Conformance partners={partners} />
          {contractProposals && <Proposals proposals={contractProposals} />}
          {releases && <Releases releases={releases} />}
          <Failures partners={partners} />
          <ResponseTimes partners={partners} />
          <Keys partners={partners} hubKeysChangedAt={hubKeysChangedAt ?? null} />
          <Usage key={round.value} />
        </>
      )}
      <button type="button" onClick={askAll}>
        {t('response.again')}
      </button>
    </>
  );
}
