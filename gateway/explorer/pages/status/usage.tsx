import { useQuery } from '../../client/use-query.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Loading } from '../../parts/loading.tsx';
import { LongTable } from '../../parts/long-table.tsx';
import { person } from '../../session/session.ts';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import { usageQuery, type UsageRow } from './status-query.ts';

const nameClients = ({ clients }: UsageRow): string =>
  joinNames(clients.map(({ name }) => name ?? t('status.unnamedClient')));

/** Uses of the elements that the reader’s organisation owns. */
function OwnUsage() {
  const { response } = useQuery(usageQuery, {});
  const usage = response?.data?.operations?.usage;
  return (
    <>
      <p>{t('status.usageNote')}</p>
      <ResponseNote response={response} />
      {!response && <Loading />}
      {usage && (
        <LongTable
          caption={t('status.usage')}
          rows={usage}
          keyOf={({ element }) => element}
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
              of: ({ lastUsedOn }) => formatDate(lastUsedOn),
              rank: ({ lastUsedOn }) => lastUsedOn,
            },
            { title: t('status.clients'), of: nameClients },
          ]}
        />
      )}
    </>
  );
}

/** What clients use of the reader’s organisation. An organisation sees its own alone. */
export function Usage() {
  return (
    <>
      <h2>{t('status.usage')}</h2>
      {person.value ? <OwnUsage /> : <p>{t('status.usageSignIn')}</p>}
    </>
  );
}
