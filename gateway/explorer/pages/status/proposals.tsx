import { formatNumber, formatTime, t } from '../../words/language.ts';
import type { ProposalRow } from './status-query.ts';
import { TitledTable } from './titled-table.tsx';

const mostChanges = 10;

const describeState = ({ adoptedAt }: ProposalRow): string =>
  adoptedAt ? `${t('status.adopted')} ${formatTime(adoptedAt)}` : t('status.notAdopted');

/** What clients would see of it, one change a line. */
function describeChanges({ changes }: ProposalRow): string {
  const lines = changes
    .slice(0, mostChanges)
    .map(({ severity, message }) => `${t(`status.${severity}`)}: ${message}`);
  const more = changes.length - lines.length;
  return [...lines, ...(more > 0 ? [`+ ${formatNumber(more)}`] : [])].join('\n');
}

/** The next versions of contracts that somebody has proposed, the newest first. */
export function Proposals({ proposals }: { proposals: readonly ProposalRow[] }) {
  return (
    <TitledTable
      title={t('status.proposals')}
      note={t('status.proposalsNote')}
      rows={proposals}
      keyOf={({ number }) => String(number)}
      columns={[
        { title: t('status.proposal'), of: ({ number }) => formatNumber(number) },
        { title: t('status.contract'), of: ({ contract }) => contract },
        { title: t('status.state'), of: describeState },
        { title: t('status.proposed'), of: ({ proposedAt }) => formatTime(proposedAt) },
        {
          title: t('status.changes'),
          of: (row) => <span class="reason">{describeChanges(row)}</span>,
        },
      ]}
    />
  );
}
