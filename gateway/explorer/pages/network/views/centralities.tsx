import { useSignal } from '@preact/signals';
import { useQuery } from '../../../client/use-query.ts';
import type { ContactFilter, PageNetworkCentralityFragment } from '../../../generated/graphql.ts';
import { ResponseNote } from '../../../parts/completeness.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { formatNumber, formatShare, t } from '../../../words/language.ts';
import type { Network } from '../model/network.ts';
import { centralitiesQuery } from '../operations.ts';
import type { Choose } from './chosen.ts';
import { ConnectorFinding } from './findings.tsx';
import { nameOf } from './names.ts';
import { PartyChoice } from './party-choice.tsx';

type Centrality = PageNetworkCentralityFragment;

interface CentralityProps {
  readonly network: Network;
  readonly filter: ContactFilter;
  readonly choose: Choose;
}

const idOf = ({ party, country }: Centrality): string => party?.id ?? country ?? '';
const nameOfRow = ({ party, country }: Centrality): string =>
  party
    ? nameOf({ ...party, kind: 'Organisation' })
    : country
      ? nameOf({ id: country, name: null, kind: 'Country' })
      : t('response.missing');

/** The graph’s centralities of what is selected, also when one party is left out. */
export function Centralities({ network, filter, choose }: CentralityProps) {
  const without = useSignal<string | undefined>(undefined);
  const compares = without.value !== undefined;
  const { response, refetch, isLoading } = useQuery(centralitiesQuery, {
    filter,
    without: compares ? [without.value as string] : null,
    compares,
  });
  const rows = response?.data?.all;
  const left = new Map(response?.data?.without?.map((row) => [idOf(row), row]));
  const hasParts = rows?.some(({ component }) => component > 1) ?? false;
  return (
    <>
      {rows && <ConnectorFinding rows={rows} nameOfRow={nameOfRow} />}
      <p class="soft">{t('network.centralityNote')}</p>
      <PartyChoice
        label={t('network.without')}
        network={network}
        choose={(id) => (without.value = id)}
      />
      <ResponseNote response={response} refetch={refetch} />
      {isLoading && <Loading />}
      {rows && (
        <LongTable
          caption={t('network.centralities')}
          rows={rows}
          keyOf={idOf}
          columns={[
            {
              title: t('network.name'),
              of: (row) => (
                <>
                  <button
                    type="button"
                    class="link"
                    onClick={() => choose({ type: 'party', id: idOf(row) })}
                  >
                    {nameOfRow(row)}
                  </button>
                  <Rehearsal of={row} />
                </>
              ),
              rank: (row) => nameOfRow(row),
            },
            {
              title: t('network.betweenness'),
              of: ({ betweenness }) => formatShare(betweenness),
              isNumber: true,
              rank: ({ betweenness }) => betweenness,
            },
            ...(compares
              ? [
                  {
                    title: t('network.betweennessWithout'),
                    of: (row: Centrality) => {
                      const rest = left.get(idOf(row));
                      return rest ? formatShare(rest.betweenness) : '–';
                    },
                    isNumber: true,
                    rank: (row: Centrality) => left.get(idOf(row))?.betweenness ?? null,
                  },
                ]
              : []),
            {
              title: t('network.degree'),
              of: ({ degree }) => formatNumber(degree),
              isNumber: true,
              rank: ({ degree }) => degree,
            },
            ...(hasParts
              ? [
                  {
                    title: t('network.component'),
                    of: ({ component }: Centrality) => formatNumber(component),
                    isNumber: true,
                    rank: ({ component }: Centrality) => -component,
                  },
                ]
              : []),
          ]}
        />
      )}
    </>
  );
}
