import { useQuery } from '../../client/use-query.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Loading } from '../../parts/loading.tsx';
import { LongTable } from '../../parts/table/long-table.tsx';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import { usageQuery, type UsageRow } from './status-query.ts';

const nameClients = ({ clients }: UsageRow): string =>
  joinNames(clients.map(({ name }) => name ?? t('status.unnamedClient')));

/** What clients use of the reader’s organisation. An organisation sees its own alone. */
export function Usage() {
  const { response } = useQuery(usageQuery, {});
  const usage = response?.data?.operations?.usage;
  return (
    <>
      <h3>{t('status.usage')}</h3>
      <p>{t('status.usageNote')}</p>
      <ResponseNote response={response} />
      {!response && <Loading />}
      {usage && (
        <LongTable
          caption={t('status.usage')}
          rows={usage}
          keyOf={({ element }) => element}
          isDense
          order={{ column: 1, direction: 'descending' }}
          columns={[
            {
              title: t('status.element'),
              of: ({ element }) => <code>{element}</code>,
              rank: ({ element }) => element,
            },
            {
              title: t('status.uses'),
              isNumber: true,
              of: ({ uses }) => formatNumber(uses),
              rank: ({ uses }) => uses,
            },
            {
              title: t('status.lastUsed'),
              of: ({ lastUsedOn }) => <time dateTime={lastUsedOn}>{formatDate(lastUsedOn)}</time>,
              rank: ({ lastUsedOn }) => lastUsedOn,
            },
            { title: t('status.clients'), of: nameClients },
          ]}
        />
      )}
    </>
  );
}
