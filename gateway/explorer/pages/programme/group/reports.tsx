import type { GraphError } from '../../../client/send-operation.ts';
import { ownerOf, whyMissing } from '../../../client/why-null.ts';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { Table } from '../../../parts/table.tsx';
import { formatDate, t } from '../../../words/language.ts';
import { Badge } from '../badge.tsx';
import type { PageGroup } from './group-query.ts';
import { MemberName } from './members-table.tsx';
import type { KnownMember } from './members.ts';

/** A member’s report on this group’s journey. A member may have travelled with another since. */
function Received({ member, why, groupId }: KnownMember & { groupId: string }) {
  const { report } = member;
  if (!report && why('report') !== 'unknown') return <NoValue why={why('report')} />;
  if (report?.group !== groupId) return <>{t('programme.notReceived')}</>;
  return <Badge sign="✓" text={formatDate(report.receivedOn)} kind="good" />;
}

function Text({ id, member, why, groupId }: KnownMember & { groupId: string }) {
  const { __typename: kind, name, report } = member;
  if (report?.group !== groupId) return null;
  if (report.text === null) return <NoValue why={why('report', 'text')} />;
  return (
    <>
      <details>
        <summary>{t('programme.read')}</summary>
        <p class="prose">{report.text}</p>
      </details>
      <PlanningLinks
        by={ownerOf(id)}
        id={groupId}
        part={id}
        of={name ?? ''}
        forms={[
          [
            kind === 'Officer' ? 'correctOfficerReport' : 'correctDelegateReport',
            'plan.correctReport',
          ],
        ]}
      />
    </>
  );
}

interface ReportsProps {
  readonly group: PageGroup;
  readonly errors: readonly GraphError[];
  readonly members: readonly KnownMember[];
}

/** How many members have reported, and what. */
export function Reports({ group, errors, members }: ReportsProps) {
  const { id, reportsReceived, reportsExpected } = group;
  const why = (field: string) => whyMissing(errors, ['group', field]);
  // While nobody has reported, the numbers say it for all.
  const isShown = ({ member: { report }, why: whyOf }: KnownMember) =>
    report ? report.group === id : whyOf('report') !== 'unknown';
  return (
    <>
      <p>
        {t('programme.received')}: <Known value={reportsReceived} why={why('reportsReceived')} /> ·{' '}
        {t('programme.expected')}: <Known value={reportsExpected} why={why('reportsExpected')} />
      </p>
      {members.some(isShown) && (
        <Table
          caption={t('programme.reports')}
          rows={members}
          keyOf={(row) => row.id}
          columns={[
            { title: t('programme.name'), of: (row) => <MemberName {...row} /> },
            {
              title: t('programme.received'),
              of: (row) => <Received {...row} groupId={id} />,
            },
            { title: t('programme.report'), of: (row) => <Text {...row} groupId={id} /> },
          ]}
        />
      )}
    </>
  );
}
