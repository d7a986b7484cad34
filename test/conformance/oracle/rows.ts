import type { OpenNetwork } from '../../e2e/network/open-network.js';
import { runIn } from '../../e2e/network/run-programme.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a row as it stands in a table
export type Row = Record<string, any>;
type Tables = Readonly<Record<string, readonly Row[]>>;

/** The rows of all databases: the eight polices’ in common tables. */
export interface Rows {
  readonly network: Tables;
  readonly offices: Tables;
  readonly police: Tables;
}

/** Reads every row of these partners by SQL. */
async function readTables(network: OpenNetwork, codes: readonly string[]): Promise<Tables> {
  const tables: Record<string, Row[]> = {};
  for (const code of codes) {
    const { source } = network.serverOf(code);
    for (const { tableName } of source.entityMetadatas)
      (tables[tableName] ??= []).push(
        ...(await source.query<Row[]>(`SELECT * FROM "${tableName}"`)),
      );
  }
  return tables;
}

export const readRows = async (network: OpenNetwork): Promise<Rows> => ({
  network: await readTables(network, ['nbnp']),
  offices: await readTables(network, ['ncm']),
  police: await readTables(network, polices),
});

export const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'] as const;

const sides = [
  {
    name: 'Latvia and Lithuania',
    countries: ['LV', 'LT'],
    selectors: ['ncm:rix', 'ncm:vno', 'lv:police', 'nbnp:lv-prosecutor'],
    coordinators: ['ncm:rix', 'ncm:vno'],
  },
  { name: 'Denmark and Poland', countries: ['DK', 'PL'], hosts: ['dk:nec'], sectorsToShow: [] },
  { name: 'Murmansk', regions: ['RU-MUR'], coordinators: ['ncm:narva'] },
];

/** Plans what the demonstration does not have: a group of officers and delegates between two sides. */
export async function planSides(network: OpenNetwork): Promise<void> {
  const { done } = runIn(network);
  const years = { startsOn: '2026', endsOn: '2028', groupSizeMin: 2, groupSizeMax: 5 };
  const lists = { targetGroups: ['POLICE'], sectorsToShow: ['COURT'], workingLanguages: ['lv'] };
  const journey = { from: sides[0]?.name, to: sides[1]?.name, weeks: 1, destination: 'the south' };
  const programme = await done(
    'nbnp',
    'createProgramme',
    { title: 'Sides', ...years, ...lists, sides, plannedJourneys: [journey] },
    'id sides { id }',
  );
  const [from, to, murmansk] = (programme.sides as Row[]).map(({ id }) => id as string);
  const planned = { programme: programme.id, plannedSize: 3 };
  await done('nbnp', 'createGroup', { ...planned, name: 'Back', from: murmansk, to: from });
  const { id: group } = await done('nbnp', 'createGroup', { ...planned, name: 'Mixed', from, to });
  const days = { startsOn: '2028-02-07', endsOn: '2028-02-12' };
  const week = { group, title: 'A week', hostCountries: ['DK', 'PL'], ...days };
  const { id: visit } = await done('nbnp', 'scheduleVisit', week);
  for (const hostCountry of week.hostCountries) {
    const stop = { visit, hostCountry, day: '2028-02-08', sector: 'COURT', city: 'A city' };
    await done('nbnp', 'addItineraryStop', { ...stop, title: 'A court' });
  }
  const person = { name: 'A person', targetGroup: 'POLICE', languages: ['lv'] };
  const { id: officer } = await done('lv', 'registerOfficer', { ...person, unit: 'lv:police' });
  await done('lv', 'nominateOfficer', { group, officer, on: '2026-11-01' });
  const home = { office: 'ncm:rix', country: 'LV' };
  const { id: delegate } = await done('ncm', 'registerDelegate', { ...person, ...home });
  await done('ncm', 'nominateDelegate', { group, delegate, on: '2026-11-01' });
}
