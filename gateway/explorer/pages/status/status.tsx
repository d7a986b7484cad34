import { useSignal } from '@preact/signals';
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

/** Which partners respond, what they publish, how they did lately, and what is used of the graph. */
export function Status() {
  const { response, refetch } = useQuery(statusQuery, {});
  const round = useSignal(0);
  const askAll = () => {
    refetch();
    round.value += 1;
  };
  const { partners, releases, contractProposals, hubKeysChangedAt } = response?.data ?? {};
  return (
    <>
      <h1>{t('frame.status')}</h1>
      <p class="lead">{t('status.lead')}</p>
      <ResponseNote response={response} />
      {!response && <Loading />}
      {partners && (
        <>
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
