import { Fragment } from 'preact';
import { useEffect } from 'preact/hooks';
import { useQuery } from '../../../client/use-query.ts';
import type { ContactFilter } from '../../../generated/graphql.ts';
import { ResponseNote } from '../../../parts/completeness.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { t } from '../../../words/language.ts';
import type { Chains } from '../drawing/emphasis.ts';
import { keyOf, type Network } from '../model/network.ts';
import { pathsQuery } from '../operations.ts';
import type { Choose } from './chosen.ts';
import { nameOf } from './names.ts';
import { PartyChoice } from './party-choice.tsx';

interface PathsProps {
  readonly network: Network;
  readonly filter: ContactFilter;
  readonly from: string;
  readonly to: string;
  readonly find: (ends: { readonly pathFrom?: string; readonly pathTo?: string }) => void;
  /** Draws the chains in. */
  readonly show: (chains: Chains) => void;
  readonly choose: Choose;
}

interface Stop {
  readonly id: string;
  readonly name: string;
}

/** A chain. Between two parties stands their contact, which can be opened. */
function Chain({ stops, choose }: { stops: readonly Stop[]; choose: Choose }) {
  return (
    <>
      {stops.map(({ id, name }, index) => {
        const before = stops[index - 1];
        return (
          <Fragment key={id}>
            {before && ' '}
            {before && (
              <button
                type="button"
                class="link step"
                aria-label={t('network.contactOf', { one: before.name, other: name })}
                onClick={() => choose({ type: 'contact', key: keyOf(before.id, id) })}
              >
                →
              </button>
            )}
            {before && ' '}
            <button type="button" class="link" onClick={() => choose({ type: 'party', id })}>
              {name}
            </button>
          </Fragment>
        );
      })}
    </>
  );
}

function FoundPaths({ from, to, filter, show, choose }: Omit<PathsProps, 'network' | 'find'>) {
  const { response, refetch, isLoading } = useQuery(pathsQuery, { from, to, filter });
  const paths = response?.data?.contactPaths;
  useEffect(() => {
    show(
      paths?.map(({ parties, countries }) => [
        ...parties.flatMap((party) => party?.id ?? []),
        ...countries,
      ]) ?? [],
    );
    return () => show([]);
  }, [paths]);
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {isLoading && <Loading />}
      {paths?.length === 0 && <p>{t('network.noPath')}</p>}
      {paths && paths.length > 0 && (
        <ol class="paths">
          {paths.map(({ parties, countries, ...path }, index) => (
            <li key={index}>
              <Chain
                choose={choose}
                stops={[
                  ...parties.flatMap((party) =>
                    party ? [{ id: party.id, name: nameOf({ ...party, kind: 'Office' }) }] : [],
                  ),
                  ...countries.map((id) => ({
                    id,
                    name: nameOf({ id, name: null, kind: 'Country' }),
                  })),
                ]}
              />
              <Rehearsal of={path} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** The shortest chains of contacts between two parties, in what is selected. */
export function Paths({ network, from, to, find, ...found }: PathsProps) {
  const ends = [
    ['pathFrom', 'network.pathFrom', from],
    ['pathTo', 'network.pathTo', to],
  ] as const;
  return (
    <>
      <p>{t('network.pathsNote')}</p>
      {ends.map(([end, label, chosen]) => (
        <PartyChoice
          key={end}
          label={t(label)}
          network={network}
          chosen={chosen}
          choose={(id) => find({ [end]: id ?? '' })}
        />
      ))}
      {from !== '' && to !== '' && <FoundPaths from={from} to={to} {...found} />}
    </>
  );
}
