import { formatTime, t } from '../../words/language.ts';
import type { PartnerRow } from './status-query.ts';
import { TitledTable } from './titled-table.tsx';

type Statement = NonNullable<PartnerRow['conformance']>;

function Result({ result, broken }: Statement) {
  if (result === 'PASSED') return <>{t('status.passed')}</>;
  return (
    <>
      {t('status.broken')} <code>{broken.join(', ')}</code>
    </>
  );
}

/** What the hub found when it last checked each partner’s server. */
export function Conformance({ partners }: { partners: readonly PartnerRow[] }) {
  const rows = partners.flatMap(({ name, code, conformance }) =>
    conformance ? [{ ...conformance, partner: `${name} (${code})` }] : [],
  );
  return (
    <TitledTable
      title={t('status.conformance')}
      rows={rows}
      keyOf={({ partner }) => partner}
      columns={[
        { title: t('status.partner'), of: ({ partner }) => partner },
        { title: t('status.result'), of: Result },
        { title: t('status.checked'), of: ({ checkedAt }) => formatTime(checkedAt) },
        { title: t('status.validUntil'), of: ({ validUntil }) => formatTime(validUntil) },
      ]}
    />
  );
}
