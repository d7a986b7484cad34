import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { SideParty } from '../entities/side.entity.js';
import { Visit } from '../entities/visit.entity.js';
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
import { programme as directed, openTestVisits, type TestHub } from '../testing/test-visits.js';

const ids = (parties: readonly string[]) => parties.map((id) => ({ id }));
const violated = (rule: string, argument: string) => ({ code: 'RULE_VIOLATED', rule, argument });

describe.each(testDatabases)('the sides of a plan on $name', (kind) => {
  const refused = async (change: object) => {
    await using network = await openTestVisits(kind, sidesHub);
    await planSides(network);
    return await network.refusal('createProgramme', { ...sidesPlan, title: 'B', ...change });
  };
  const only = (side: object) => ({ sides: [side], plannedJourneys: [] });

  it.each([
    ['without a place', only({ name: 'Nowhere' }), 'input.sides.0.countries'],
    [
      'of one name',
      { sides: [poland, { ...baltic, name: poland.name }], plannedJourneys: [] },
      'input.sides.1.name',
    ],
    [
      'that a journey leads from and to',
      { plannedJourneys: [{ from: poland.name, to: poland.name, weeks: 1, destination: 'home' }] },
      'input.plannedJourneys.0.to',
    ],
    [
      'with two journeys between them',
      { plannedJourneys: [sidesPlan.plannedJourneys[0], sidesPlan.plannedJourneys[0]] },
      'input.plannedJourneys',
    ],
  ])('are refused %s', async (_what, change, argument) => {
    expect(await refused(change)).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it.each([
    ['a party', only({ ...poland, hosts: ['dk:none'] }), 'input.sides.0.hosts.0'],
    ['an organisation', only({ ...poland, selectors: ['nbnp:none'] }), 'input.sides.0.selectors.0'],
    [
      'an office',
      only({ ...poland, coordinators: ['nbnp:lv-prosecutor'] }),
      'input.sides.0.coordinators.0',
    ],
    ['a region', only({ ...murmansk, regions: ['RU-ARK', 'RU-MOS'] }), 'input.sides.0.regions.1'],
    ['a side of a journey', { sides: [baltic] }, 'input.plannedJourneys.0.to'],
  ])('are refused with an unknown name: %s', async (_what, change, argument) => {
    expect(await refused(change)).toEqual({ code: 'NOT_FOUND', argument });
  });

  it.each([
    [
      'a police force of another country',
      only({ ...poland, hosts: ['dk:nec'] }),
      'SIDE',
      'input.sides.0.hosts.0',
    ],
    [
      'an office that is closed by then',
      only({ ...poland, coordinators: ['ncm:led'] }),
      'CLOSED',
      'input.sides.0.coordinators.0',
    ],
    [
      'an invented office',
      only({ ...poland, coordinators: ['ncm:exercise'] }),
      'REHEARSAL',
      'input.sides.0.coordinators.0',
    ],
  ])('are refused with %s', async (_what, change, rule, argument) => {
    expect(await refused(change)).toMatchObject(violated(rule, argument));
  });

  it('change by their names, and write who stands for their groups', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    const planned = await planSides(network);
    const group = await createSidesGroup(network, planned);
    const { programme } = planned;
    const sides = [
      nordic,
      { ...baltic, coordinators: ['ncm:tll'] },
      { ...poland, countries: ['PL', 'UA'] },
    ];
    await network.done('changeProgramme', { programme, version: 1, sides });
    const {
      programme: changed,
      group: read,
      networkChanges,
    } = await network.read(
      `{ programme(id: "${programme}") { sides { id countries hosts { id } coordinators { id } } } group(id: "${group}") { coordinatingOffice { id } version }
        networkChanges { nodes { mutation subject fields } } }`,
    );
    expect((changed as { sides: unknown }).sides).toMatchObject([
      { id: planned.sides[nordic.name], hosts: ids(nordic.hosts) },
      { id: planned.sides[baltic.name], coordinators: [{ id: 'ncm:tll' }] },
      { id: planned.sides[poland.name], countries: ['PL', 'UA'] },
    ]);
    expect(read).toEqual({ coordinatingOffice: { id: 'ncm:tll' }, version: 2 });
    expect((networkChanges as { nodes: unknown[] }).nodes).toContainEqual({
      mutation: 'changeProgramme',
      subject: programme,
      fields: ['sides', 'version'],
    });
    expect(
      await network.source
        .getRepository(SideParty)
        .countBy({ partyId: 'ncm:vno', part: 'COORDINATOR' }),
    ).toBe(0);
  });

  it('stay as they are where groups rest on them', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    const planned = await planSides(network);
    const groupId = await createSidesGroup(network, planned);
    const refusal = (...sides: object[]) =>
      network.refusal('changeProgramme', { programme: planned.programme, version: 1, sides });
    const referred = violated('REFERRED_TO', 'input.sides');
    expect(await refusal(nordic, { ...baltic, name: 'Renamed' })).toMatchObject(referred);
    await network.insert(OfficerNomination, { id: 'lv:n', groupId, officerId: 'lv:o' });
    const nominated = violated('NOMINATED', 'input.sides');
    expect(await refusal(nordic, { ...baltic, countries: ['LV'] })).toMatchObject(nominated);
    expect(await refusal(nordic, { ...baltic, selectors: [] })).toMatchObject(nominated);
    const visit = { id: 'nbnp:v', groupId, title: 'V', departedOn: '2030-03-01' };
    await network.insert(Visit, visit);
    expect(await refusal({ ...nordic, hosts: [] }, baltic)).toMatchObject(
      violated('DEPARTED', 'input.sides'),
    );
    // What no group uses may change, and everything may stay.
    const sides = [baltic, nordic, { ...poland, countries: ['UA'] }];
    await network.done('changeProgramme', { programme: planned.programme, version: 1, sides });
  });

  describe('after two of their parties were merged', () => {
    /** Vilnius is one with Tallinn since the plan, and Riga has been closed since long before. */
    const openMerged = async () => {
      const known: Record<string, TestHub[string]> = { ...sidesHub };
      const network = await openTestVisits(kind, {
        ...sidesHub,
        KnownParties: (...given) => known['KnownParties']?.(...given),
      });
      const planned = await planSides(network);
      const groupId = await createSidesGroup(network, planned);
      await network.insert(OfficerNomination, { id: 'lv:n', groupId, officerId: 'lv:o' });
      const visit = { id: 'nbnp:v', groupId, title: 'V', departedOn: '2030-03-01' };
      await network.insert(Visit, visit);
      const since: Readonly<Record<string, object>> = {
        'ncm:vno': { mergedInto: { id: 'ncm:tll' } },
        'ncm:rix': { closedOn: '2015' },
      };
      known['KnownParties'] = (variables, ...given) => {
        const parties = Object.values(
          sidesHub['KnownParties']?.(variables, ...given) as Record<string, { id: string } | null>,
        );
        const facts = parties.map((party) => party && { ...party, ...since[party.id] });
        return Object.fromEntries(facts.map((party, index) => [`f${index}`, party]));
      };
      return { network, planned };
    };
    const stays = {
      ...baltic,
      selectors: ['ncm:rix', 'ncm:tll', 'lv:police', 'nbnp:lv-prosecutor'],
      coordinators: ['ncm:rix', 'ncm:tll'],
    };

    it.each([
      ['name the one that went as before', baltic],
      ['name the one that stays', stays],
    ])('%s, while others change', async (_what, side) => {
      const { network, planned } = await openMerged();
      await using _ = network;
      const sides = [side, nordic, { ...poland, countries: ['UA'] }];
      await network.done('changeProgramme', { programme: planned.programme, version: 1, sides });
      const read = await network.source.manager.findBy(SideParty, { part: 'COORDINATOR' });
      expect(read.map(({ partyId }) => partyId).toSorted()).toEqual(side.coordinators.toSorted());
    });

    it('neither lose it nor name it anew', async () => {
      const { network, planned } = await openMerged();
      await using _ = network;
      const refusal = (...sides: object[]) =>
        network.refusal('changeProgramme', { programme: planned.programme, version: 1, sides });
      const fewer = { ...baltic, selectors: stays.selectors.filter((id) => id !== 'ncm:tll') };
      expect(await refusal(fewer, nordic)).toMatchObject(violated('NOMINATED', 'input.sides'));
      expect(await refusal({ ...baltic, coordinators: ['ncm:rix'] }, nordic)).toMatchObject(
        violated('DEPARTED', 'input.sides'),
      );
      const anew = { ...poland, coordinators: ['ncm:vno'] };
      expect(await refusal(baltic, nordic, anew)).toMatchObject(
        violated('MERGED', 'input.sides.2.coordinators.0'),
      );
      const closed = { ...poland, coordinators: ['ncm:rix'] };
      expect(await refusal(baltic, nordic, closed)).toMatchObject(
        violated('CLOSED', 'input.sides.2.coordinators.0'),
      );
    });
  });

  it('keep the people of a side while another partner has a nomination', async () => {
    await using network = await openTestVisits(kind, {
      ...sidesHub,
      NominationsForProgramme: () => ({
        programme: { groups: [{ officerNominations: [], delegateNominations: [{ id: 'ncm:n' }] }] },
      }),
    });
    const planned = await planSides(network);
    await createSidesGroup(network, planned);
    const sides = [nordic, { ...baltic, countries: ['LV'], selectors: ['ncm:rix'] }];
    const input = { programme: planned.programme, version: 1, sides };
    expect(await network.refusal('changeProgramme', input)).toMatchObject({ rule: 'NOMINATED' });
  });

  it('cannot be given to a programme that a source states', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    await network.update(Programme, directed, { source: 'https://nbnp.ee/activities/2012' });
    const input = { programme: directed, version: 1, sides: [poland] };
    expect(await network.refusal('changeProgramme', input)).toMatchObject(
      violated('DOCUMENTED', 'input.sides'),
    );
  });

  it('cannot be given to a programme of documented directions, unless its journeys leave them', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    const north = { direction: 'NORTH_WEST_RUSSIA_TO_NORDIC', weeks: 1, destination: 'Norway' };
    const plan = { ...sidesPlan, title: 'B', sides: [], plannedJourneys: [north] };
    const { id: programme } = await network.done('createProgramme', plan);
    const home = { name: 'Home', countries: ['LV'] };
    const abroad = { name: 'Abroad', countries: ['PL'] };
    const change = { programme, version: 1, sides: [home, abroad] };

    for (const input of [
      change,
      { ...change, plannedJourneys: [north] },
      { ...change, programme: directed },
    ])
      expect(await network.refusal('changeProgramme', input)).toMatchObject(
        violated('DOCUMENTED', 'input.sides'),
      );
    const journey = { from: home.name, to: abroad.name, weeks: 1, destination: 'Poland' };
    const changed = await network.done(
      'changeProgramme',
      { ...change, plannedJourneys: [journey] },
      'sides { name }',
    );
    expect(changed).toEqual({ sides: [{ name: home.name }, { name: abroad.name }] });
  });

  it('go with their programme', async () => {
    await using network = await openTestVisits(kind, {
      ...sidesHub,
      ReferencesToProgramme: () => ({
        programme: { officeSignatureCount: 0, officeEvaluationVersion: null },
      }),
    });
    const { programme } = await planSides(network);
    const input = { programme, reason: 'It was entered twice.', version: 1 };
    expect(await network.done('removeProgramme', input)).toBe(true);
    expect(await network.source.getRepository(SideParty).count()).toBe(0);
  });
});
