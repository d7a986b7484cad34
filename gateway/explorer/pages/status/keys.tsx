import { Table } from '../../parts/table/table.tsx';
import { formatTime, t } from '../../words/language.ts';
import { formatAge } from '../../words/names.ts';
import type { PartnerRow } from './status-query.ts';

interface KeysProps {
  readonly partners: readonly PartnerRow[];
  readonly hubKeysChangedAt: string | null;
}

/** How old the keys of the hub and its partners are. */
export function Keys({ partners, hubKeysChangedAt }: KeysProps) {
  const rows = [
    { name: t('status.hub'), code: 'hub', keysChangedAt: hubKeysChangedAt },
    ...partners.map(({ name, code, keysChangedAt }) => ({
      name: `${name} (${code})`,
      code,
      keysChangedAt,
    })),
  ];
  return (
    <>
      <h3>{t('status.keys')}</h3>
      <p>{t('status.keysNote')}</p>
      <Table
        caption={t('status.keys')}
        rows={rows}
        keyOf={({ code }) => code}
        columns={[
          { title: t('status.organisation'), of: ({ name }) => name },
          {
            title: t('status.age'),
            of: ({ keysChangedAt: at }) => (at ? formatAge(at) : t('response.unknown')),
          },
          {
            title: t('status.changed'),
            of: ({ keysChangedAt: at }) => (at ? formatTime(at) : ''),
          },
        ]}
      />
    </>
  );
}
