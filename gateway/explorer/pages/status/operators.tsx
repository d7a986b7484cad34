import { Table } from '../../parts/table/table.tsx';
import { formatNumber, formatTime, t } from '../../words/language.ts';
import { Conformance } from './conformance.tsx';
import { Failures } from './failures.tsx';
import { Proposals } from './proposals.tsx';
import { Servers } from './servers.tsx';
import type { Operations, PartnerRow, ReleaseRow } from './status-query.ts';
import { TitledTable } from './titled-table.tsx';

const describeState = ({ isServed, isPinned }: ReleaseRow): string =>
  [...(isServed ? [t('status.served')] : []), ...(isPinned ? [t('status.pinned')] : [])].join(', ');

/** The latest releases of the graph, and which one the hub serves. */
function Releases({ releases }: { releases: readonly ReleaseRow[] }) {
  return (
    <>
      <h3>{t('status.releases')}</h3>
      {!releases.some(({ isServed }) => isServed) && <p>{t('status.noReleaseServed')}</p>}
      {releases.length > 0 && (
        <Table
          caption={t('status.releases')}
          rows={releases}
          keyOf={({ number }) => String(number)}
          columns={[
            { title: t('status.release'), of: ({ number }) => formatNumber(number) },
            { title: t('status.state'), of: describeState },
            { title: t('status.made'), of: ({ madeAt }) => formatTime(madeAt) },
            { title: t('status.reason'), of: ({ reason }) => reason },
          ]}
        />
      )}
    </>
  );
}

/** Whose published schema is not in the graph, and why. */
function Quarantines({ rows }: { rows: readonly PartnerRow[] }) {
  return (
    <TitledTable
      title={t('status.quarantines')}
      note={t('status.quarantinesNote')}
      rows={rows}
      keyOf={({ code }) => code}
      columns={[
        { title: t('status.partner'), of: ({ name, code }) => `${name} (${code})` },
        {
          title: t('status.reason'),
          of: ({ quarantineReason }) => <span class="reason">{quarantineReason}</span>,
        },
      ]}
    />
  );
}

interface OperatorsProps {
  readonly operations: Operations;
  readonly partners: readonly PartnerRow[];
}

/** What operators look after. What has nothing to show is a sentence each, before all that has. */
export function Operators({ operations, partners }: OperatorsProps) {
  const { releases, contractProposals, hubKeysChangedAt } = operations;
  const quarantined = partners.filter(({ quarantineReason }) => quarantineReason !== null);
  const hasChecks = partners.some(({ conformance }) => conformance !== null);
  const hasFailures = partners.some(({ recentFailures }) => recentFailures.length > 0);
  const quiet = [
    quarantined.length === 0 && t('status.noQuarantines'),
    !hasChecks && t('status.noConformance'),
    contractProposals?.length === 0 && t('status.noProposals'),
    !hasFailures && t('status.noFailures'),
  ].filter((text) => text !== false);
  return (
    <>
      {quiet.length > 0 && (
        <ul>
          {quiet.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {quarantined.length > 0 && <Quarantines rows={quarantined} />}
      {hasChecks && <Conformance partners={partners} />}
      {contractProposals && contractProposals.length > 0 && (
        <Proposals proposals={contractProposals} />
      )}
      {hasFailures && <Failures partners={partners} />}
      {releases && <Releases releases={releases} />}
      <Servers partners={partners} hubKeysChangedAt={hubKeysChangedAt} />
    </>
  );
}
