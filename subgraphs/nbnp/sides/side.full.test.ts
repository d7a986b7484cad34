import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import {
  baltic,
  createSidesGroup,
  murmansk,
  nordic,
  planSides,
  poland,
  sidesHub,
  sidesPlan,
} from '../testing/test-sides.js';
import { programme as directed, openTestVisits, type TestVisits } from '../testing/test-visits.js';

const sideFields = `id name countries regions { code } selectors { id } hosts { id }
  coordinators { id } sectorsToShow unansweredIn source`;
const ids = (parties: readonly string[]) => parties.map((id) => ({ id }));
const whole = { regions: [], selectors: [], hosts: [], coordinators: [], unansweredIn: [] };

async function readSides(network: TestVisits, programme: string): Promise<unknown> {
  const response = await network.read(
    `{ programme(id: "${programme}") { sides { ${sideFields} } } }`,
  );
  return (response['programme'] as { readonly sides: unknown }).sides;
}

describe.each(testDatabases)('Programme.sides on $name', (kind) => {
  it('name the organisation that another one was merged into', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    const { programme } = await planSides(network);
    const into = 'nbnp:one';
    const row = { id: into, name: 'One', variants: [], kind: 'authority', searchText: 'one' };
    await network.insert(Organisation, row);
    await network.done('mergeOrganisations', {
      organisation: 'nbnp:lv-prosecutor',
      into,
      source: 'https://example.org/one',
      on: '2026-03-01',
      reason: 'Registered twice.',
      version: 1,
      intoVersion: 1,
    });
    expect(await readSides(network, programme)).toMatchObject([
      { selectors: ids([...baltic.selectors.slice(0, -1), into]) },
      {},
      {},
      {},
    ]);
  });

  it('has the planned ones in their order, with who acts there', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    const { programme, sides } = await planSides(network);
    const planned = { sectorsToShow: sidesPlan.sectorsToShow, source: null };
    expect(await readSides(network, programme)).toEqual([
      {
        ...whole,
        ...planned,
        id: sides[baltic.name],
        name: baltic.name,
        countries: ['LV', 'LT'],
        selectors: ids(baltic.selectors),
        coordinators: ids(baltic.coordinators),
      },
      {
        ...whole,
        ...planned,
        id: sides[nordic.name],
        name: nordic.name,
        countries: ['DK', 'SE'],
        hosts: ids(nordic.hosts),
        sectorsToShow: ['SOCIAL'],
      },
      { ...whole, ...planned, id: sides[poland.name], ...poland, unansweredIn: ['PL'] },
      {
        ...whole,
        ...planned,
        id: sides[murmansk.name],
        name: murmansk.name,
        countries: ['RU'],
        regions: [{ code: 'RU-MUR' }],
        unansweredIn: ['RU'],
      },
    ]);
  });

  it('is answered where a police force has joined since', async () => {
    await using network = await openTestVisits(kind, {
      ...sidesHub,
      NetworkMembers: () => ({ partners: [{ code: 'pl', membership: 'MEMBER' }] }),
    });
    const { programme } = await planSides(network, { sides: [poland], plannedJourneys: [] });
    expect(await readSides(network, programme)).toMatchObject([{ unansweredIn: [] }]);
  });

  it('says of the documented directions what their source says, and stores nothing', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    await network.update(Programme, directed, {
      source: 'https://nbnp.ee/activities/2012',
      sectorsByDirection: {
        NORTH_WEST_RUSSIA_TO_NORDIC: ['NGO'],
        NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: ['HEALTH'],
      },
    });
    const role = { programmeId: directed, role: 'SELECTOR', position: 0 };
    await network.insert(PartyRole, { id: 'nbnp:role', partyId: 'ncm:led', ...role });
    const documented = {
      ...whole,
      source: 'https://nbnp.ee/activities/2012',
      selectors: null,
      hosts: null,
      coordinators: null,
    };
    const regions = 'SPE LEN KR MUR ARK PSK NGR KGD'.split(' ');
    expect(await readSides(network, directed)).toEqual([
      {
        ...documented,
        id: `${directed}/side/north-west-russia`,
        name: 'North-West Russia',
        countries: ['RU'],
        regions: regions.map((code) => ({ code: `RU-${code}` })),
        selectors: [{ id: 'ncm:led' }],
        sectorsToShow: ['HEALTH'],
      },
      {
        ...documented,
        id: `${directed}/side/nordic-countries`,
        name: 'Nordic countries',
        countries: ['DK', 'FI', 'IS', 'NO', 'SE'],
        sectorsToShow: ['NGO'],
      },
      {
        ...documented,
        id: `${directed}/side/nordic-baltic-countries`,
        name: 'Nordic and Baltic countries',
        countries: ['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'SE'],
        sectorsToShow: ['POLICE'],
      },
    ]);
    await network.source.getRepository(PartyRole).delete('nbnp:role');
    expect(await readSides(network, directed)).toMatchObject([{ selectors: null }, {}, {}]);
    const read = await network.read(
      '{ group(id: "nbnp:north") { direction from { name } to { name } isBriefingDue } south: group(id: "nbnp:south") { from { name } to { name } isBriefingDue } }',
    );
    expect(read).toEqual({
      group: {
        direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
        from: { name: 'North-West Russia' },
        to: { name: 'Nordic countries' },
        isBriefingDue: true,
      },
      south: {
        from: { name: 'Nordic and Baltic countries' },
        to: { name: 'North-West Russia' },
        isBriefingDue: false,
      },
    });
  });

  it('has groups and journeys between them', async () => {
    await using network = await openTestVisits(kind, { ...sidesHub, PolicyFacts: () => ({}) });
    const planned = await planSides(network);
    const group = await createSidesGroup(network, planned);
    const back = await createSidesGroup(network, planned, nordic.name, baltic.name);
    const alone = await createSidesGroup(network, planned, poland.name, nordic.name);
    const between = 'direction from { id } to { name }';
    const {
      programme,
      rix,
      tll,
      group: read,
    } = await network.read(
      `{ programme(id: "${planned.programme}") { plannedJourneys { ${between} weeks } }
        group(id: "${group}") { ${between} isBriefingDue coordinatingOffice { id } }
        rix: groups(filter: { coordinatingOffice: "ncm:vno" }) { nodes { id } }
        tll: groups(filter: { coordinatingOffice: "ncm:tll" }) { nodes { id } } }`,
    );
    const ends = {
      direction: null,
      from: { id: planned.sides[baltic.name] },
      to: { name: nordic.name },
    };
    expect(programme).toMatchObject({ plannedJourneys: [{ ...ends, weeks: 1 }, { weeks: 2 }] });
    expect(read).toEqual({ ...ends, isBriefingDue: true, coordinatingOffice: { id: 'ncm:rix' } });
    expect(rix).toEqual({ nodes: [group, back].toSorted().map((id) => ({ id })) });
    expect(tll).toEqual({ nodes: [] });
    const rows = await network.source
      .getRepository(Group)
      .findBy({ programmeId: planned.programme });
    expect(new Map(rows.map((row) => [row.id, row.coordinatingOfficeId]))).toEqual(
      new Map([
        [group, 'ncm:rix'],
        [back, 'ncm:rix'],
        [alone, null],
      ]),
    );
    const [offices] = (
      await network.read(
        `{ _entities(representations: [{ __typename: "Office", id: "ncm:vno" }]) {
        ... on Office { coordinatedGroups { id } } } }`,
      )
    )['_entities'] as unknown[];
    expect(offices).toEqual({ coordinatedGroups: [group, back].toSorted().map((id) => ({ id })) });
  });

  const from = poland.name;
  it.each([
    ['neither a direction nor sides', {}, 'input.from'],
    ['one side', { from }, 'input.from'],
    ['a direction and a side', { from, direction: 'NORTH_WEST_RUSSIA_TO_NORDIC' }, 'input.from'],
    ['one side twice', { from, to: from }, 'input.to'],
    [
      'an office of its own',
      { from, to: baltic.name, coordinatingOffice: 'ncm:led' },
      'input.coordinatingOffice',
    ],
  ])('refuses a group with %s', async (_what, given, argument) => {
    await using network = await openTestVisits(kind, sidesHub);
    const { programme, sides } = await planSides(network);
    const ends = Object.entries(given).map(([name, value]) => [name, sides[value] ?? value]);
    const group = { programme, name: 'A', plannedSize: 3, ...Object.fromEntries(ends) };
    expect(await network.refusal('createGroup', group)).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument,
    });
  });

  it('refuses a side of another programme, and an office for a group of sides', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    const planned = await planSides(network);
    const { sides } = planned;
    const ends = { from: sides[baltic.name], to: sides[nordic.name] };
    const other = { programme: directed, name: 'A', plannedSize: 3, ...ends };
    expect(await network.refusal('createGroup', other)).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.from',
    });
    const derived = { ...other, from: `${directed}/side/north-west-russia` };
    expect(await network.refusal('createGroup', derived)).toMatchObject({ code: 'NOT_FOUND' });
    const group = await createSidesGroup(network, planned);
    const change = { group, coordinatingOffice: 'ncm:led', version: 1 };
    expect(await network.refusal('changeGroup', change)).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'input.coordinatingOffice',
    });
  });
});
