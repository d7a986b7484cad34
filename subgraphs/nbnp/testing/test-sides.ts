import { Organisation } from '../entities/organisation.entity.js';
import type { TestHub, TestVisits } from './test-visits.js';

/** Where groups of twelve come from: two countries with an office each. */
export const baltic = {
  name: 'Latvia and Lithuania',
  countries: ['LV', 'LT'],
  selectors: ['ncm:rix', 'ncm:vno', 'lv:police', 'nbnp:lv-prosecutor'],
  coordinators: ['ncm:rix', 'ncm:vno'],
};
export const nordic = {
  name: 'Denmark and Sweden',
  countries: ['DK', 'SE'],
  hosts: ['dk:nec', 'se:npb'],
  sectorsToShow: ['SOCIAL'],
};
/** A place where nobody of the network is. */
export const poland = { name: 'Poland', countries: ['PL'] };
/** A part of a country. */
export const murmansk = { name: 'Murmansk', regions: ['RU-MUR'] };

export const sidesPlan = {
  title: 'A plan',
  startsOn: '2030',
  endsOn: '2031-06',
  groupSizeMin: 2,
  groupSizeMax: 4,
  targetGroups: ['POLICE', 'PROSECUTION'],
  sectorsToShow: ['POLICE', 'NGO'],
  workingLanguages: ['en'],
  sides: [baltic, nordic, poland, murmansk],
  plannedJourneys: [
    { from: baltic.name, to: nordic.name, weeks: 1, destination: 'Denmark and Sweden' },
    { from: nordic.name, to: baltic.name, weeks: 2, destination: 'the Baltic countries' },
  ],
};

const closed = { openedOn: '1995', closedOn: '2015-03-11' };
const offices: Readonly<Record<string, object>> = {
  'ncm:rix': { openedOn: '1991', closedOn: null },
  'ncm:vno': { openedOn: null, closedOn: null },
  'ncm:tll': { openedOn: '1991', closedOn: null },
  'ncm:led': closed,
  'ncm:exercise': { openedOn: null, closedOn: null, isRehearsal: true },
};
const units = ['lv:police', 'dk:nec', 'se:npb', 'ee:ppa'];

/** What the owners of the parties and regions of these sides respond. */
export const sidesHub: TestHub = {
  KnownParties: (variables) =>
    Object.fromEntries(
      Object.values(variables).map((id, index) => {
        const unit = units.includes(String(id)) ? {} : undefined;
        const facts = offices[String(id)] ?? unit;
        return [`f${index}`, facts ? { id, isRehearsal: false, ...facts } : null];
      }),
    ),
  KnownRegions: () => ({ regions: [{ code: 'RU-ARK' }, { code: 'RU-MUR' }] }),
  NetworkMembers: () => ({ partners: [] }),
  NominationsForProgramme: () => ({ programme: { groups: [] } }),
};

export interface PlannedSides {
  readonly programme: string;
  /** The id of each side, by name. */
  readonly sides: Readonly<Record<string, string>>;
}

/** Plans the programme, whose local authority is of the network’s directory. */
export async function planSides(network: TestVisits, change: object = {}): Promise<PlannedSides> {
  await network.insert(Organisation, {
    id: 'nbnp:lv-prosecutor',
    name: 'A prosecutor',
    variants: [],
    kind: 'authority',
    country: 'LV',
    searchText: 'a prosecutor',
  });
  const created = await network.done(
    'createProgramme',
    { ...sidesPlan, ...change },
    'id sides { id name }',
  );
  const named = created['sides'] as readonly { readonly id: string; readonly name: string }[];
  return {
    programme: String(created['id']),
    sides: Object.fromEntries(named.map(({ id, name }) => [name, id])),
  };
}

/** Creates a group of the planned programme, from one side to another. */
export async function createSidesGroup(
  network: TestVisits,
  { programme, sides }: PlannedSides,
  from: string = baltic.name,
  to: string = nordic.name,
): Promise<string> {
  const group = { programme, name: `${from} to ${to}`, plannedSize: 3 };
  const input = { ...group, from: sides[from], to: sides[to] };
  return String((await network.done('createGroup', input))['id']);
}
