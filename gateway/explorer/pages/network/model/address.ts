import type { ContactLevel } from '../../../generated/graphql.ts';
import type { Chosen } from '../views/chosen.ts';
import { bases, noFilter, type NetworkFilter } from './filter.ts';
import { colourings, type Colouring } from './grouping.ts';
import { measures, type Measure } from './measures.ts';
import type { ActorKind } from './network.ts';

const views = ['drawing', 'map', 'contacts', 'parties', 'occasions', 'centralities'] as const;
const levels = ['PARTY', 'PARENT', 'COUNTRY'] as const satisfies readonly ContactLevel[];
const kinds = ['Office', 'Organisation', 'PoliceUnit'] as const satisfies readonly ActorKind[];
const chosenTypes = ['party', 'contact', 'event', 'city'] as const;

/** All that the reader has set on the page. It is in the address, so that it can be shared. */
export interface PageState {
  readonly view: (typeof views)[number];
  readonly level: ContactLevel;
  readonly rehearsals: boolean;
  /** Whether the panel is open. @default where there is room */
  readonly panel: 'open' | 'closed' | undefined;
  readonly compareOn: string;
  readonly filter: NetworkFilter;
  readonly colour: Colouring;
  readonly size: Measure;
  readonly chosen: Chosen | undefined;
  /** The ends of the chains that are looked for. */
  readonly pathFrom: string;
  readonly pathTo: string;
}

const usualBases = noFilter.bases.join();

type Query = Readonly<Record<string, string | undefined>>;

/** A value that the page knows, else the first: addresses are written by hand too. */
const oneOf = <Value extends string>(values: readonly Value[], text: string | undefined) =>
  values.find((value) => value === text) ?? (values[0] as Value);

const readChosen = (query: Query): Chosen | undefined => {
  const type = chosenTypes.find((one) => query[one]);
  const id = type && query[type];
  return type && id
    ? ({ type, ...(type === 'contact' ? { key: id } : { id }) } as Chosen)
    : undefined;
};

export function readState(query: Query): PageState {
  const via = query['via']?.split(',');
  return {
    view: oneOf(views, query['view']),
    level: oneOf(levels, query['level']),
    rehearsals: query['rehearsals'] === 'yes',
    panel: (['open', 'closed'] as const).find((one) => one === query['panel']),
    compareOn: query['compare'] ?? '',
    filter: {
      search: query['q'] ?? '',
      country: query['country'] ?? '',
      kind: kinds.find((kind) => kind === query['kind']) ?? '',
      bases: via ? bases.filter((basis) => via.includes(basis)) : noFilter.bases,
      from: query['from'] ?? '',
      to: query['to'] ?? '',
    },
    colour: oneOf(colourings, query['colour']),
    size: oneOf(measures, query['size']),
    chosen: readChosen(query),
    pathFrom: query['pathFrom'] ?? '',
    pathTo: query['pathTo'] ?? '',
  };
}

/** The address of the page in a state. What is as usual is left out. */
export function writeState(state: PageState): string {
  const { filter, chosen } = state;
  const via = filter.bases.join();
  const values: Query = {
    view: state.view === views[0] ? '' : state.view,
    level: state.level === levels[0] ? '' : state.level,
    rehearsals: state.rehearsals ? 'yes' : '',
    panel: state.panel,
    compare: state.compareOn,
    q: filter.search,
    country: filter.country,
    kind: filter.kind,
    via: via === usualBases ? '' : via || 'none',
    from: filter.from,
    to: filter.to,
    colour: state.colour === colourings[0] ? '' : state.colour,
    size: state.size === measures[0] ? '' : state.size,
    pathFrom: state.pathFrom,
    pathTo: state.pathTo,
    ...(chosen && { [chosen.type]: chosen.type === 'contact' ? chosen.key : chosen.id }),
  };
  const set = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `/network${set.length === 0 ? '' : `?${new URLSearchParams(set)}`}`;
}
