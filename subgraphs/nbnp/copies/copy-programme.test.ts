import { bothDatabases, readEveryRow } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side, SideParty } from '../entities/side.entity.js';
import { Statement } from '../entities/statement.entity.js';
import { added, carriedOf, plant, secretsIn } from '../testing/test-copies.js';
import { baltic, sidesHub as hub, planSides } from '../testing/test-sides.js';
import { openTestVisits, type TestVisits } from '../testing/test-visits.js';

describe.each(bothDatabases)('Mutation.copyProgramme on $name', (kind) => {
  const input = { title: 'The next one', startsOn: '2034', endsOn: '2035' };
  const read = async ({ source }: TestVisits, programmeId: string) => {
    const { manager } = source;
    const order = { position: 'ASC' } as const;
    const sides = await manager.find(Side, { where: { programmeId }, order });
    const nameOf = (id: string | null) => sides.find((side) => side.id === id)?.name ?? null;
    const parties = await manager.find(SideParty, { where: { programmeId }, order });
    const journeys = await manager.find(PlannedJourney, { where: { programmeId }, order });
    const roles = await manager.find(PartyRole, { where: { programmeId }, order });
    const aims = await manager.find(Statement, {
      where: { programmeId, kind: 'AIM' },
      order: { id: 'ASC' },
    });
    return {
      programme: carriedOf(
        Programme,
        await manager.findOneByOrFail(Programme, { id: programmeId }),
      ),
      sides: sides.map((side) => carriedOf(Side, side)),
      parties: parties.map((one) => ({ ...carriedOf(SideParty, one), side: nameOf(one.sideId) })),
      journeys: journeys.map(({ fromSideId, toSideId, ...one }) => ({
        ...carriedOf(PlannedJourney, one),
        ends: [nameOf(fromSideId), nameOf(toSideId)],
      })),
      roles: roles.map((role) => carriedOf(PartyRole, role)),
      aims: aims.map(({ text }) => text),
    };
  };

  it('carries the plan alone: no source, note, group, event, statement or evaluation', async () => {
    await using network = await openTestVisits(kind, hub);
    const { programme } = await planSides(network, {
      aims: ['Second', 'First'],
      roles: [
        { role: 'LEAD', party: 'dk:nec' },
        { role: 'SELECTOR', party: 'ncm:led' },
      ],
      plannedGroups: 7,
      deadlines: [{ kind: 'REPORT', days: 30 }],
      areasToInvolve: ['RU-MUR'],
    });
    const { manager } = network.source;
    await network.update(Programme, programme, {
      source: 'https://example.org/secret:programmes.source',
      sectorsByDirection: {
        NORTH_WEST_RUSSIA_TO_NORDIC: ['NGO'],
        NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: ['POLICE'],
      },
    });
    const secret = { source: 'secret:party_roles.source', note: 'secret:party_roles.note' };
    await manager.update(PartyRole, { programmeId: programme }, secret);
    await manager.update(
      PlannedJourney,
      { programmeId: programme },
      { source: 'secret:planned_journeys.source' },
    );
    await manager.update(
      Statement,
      { programmeId: programme },
      { source: 'secret:statements.source', place: 'secret:statements.place' },
    );
    const said = { programmeId: programme, kind: 'RESULT', eventId: null, organisationId: null };
    const nowhere = { traffickingRoles: [], primaryRole: null };
    await network.insert(Statement, plant(network, Statement, { ...said, ...nowhere }));
    const before = await readEveryRow(network.source);
    const { id } = await network.done('copyProgramme', { ...input, programme });
    expect(secretsIn(added(before, await readEveryRow(network.source)))).toEqual([]);
    expect(await read(network, String(id))).toEqual(await read(network, programme));
    expect(await manager.findOneBy(Programme, { id: String(id) })).toMatchObject({
      ...input,
      source: null,
      version: 1,
      isRehearsal: false,
      hasDocumentedGroups: true,
    });
    expect(await manager.countBy(Group, { programmeId: String(id) })).toBe(0);
  });

  it('names the copied programme where its plan is refused', async () => {
    await using network = await openTestVisits(kind, hub);
    const exercise = { name: 'An exercise', countries: ['LV'], coordinators: ['ncm:exercise'] };
    const { programme: copied } = await planSides(network, {
      sides: [exercise],
      plannedJourneys: [],
      isRehearsal: true,
    });
    const input = { programme: copied, title: 'The next one', startsOn: '2034', endsOn: '2035' };
    expect(await network.refusal('copyProgramme', input)).toMatchObject({
      rule: 'REHEARSAL',
      argument: 'input.programme',
    });
    const { errors } = await network.change('copyProgramme', input);
    expect(errors).toMatchObject([{ message: expect.stringContaining('ncm:exercise') as unknown }]);
    await network.done('copyProgramme', { ...input, isRehearsal: true });
    const past = { name: 'Past', countries: ['RU'], coordinators: ['ncm:led'] };
    const { id } = await network.done('createProgramme', {
      title: 'Past',
      startsOn: '2009',
      endsOn: '2010',
      sides: [past],
      targetGroups: ['POLICE'],
      sectorsToShow: [],
      workingLanguages: [],
    });
    const next = { ...input, programme: id };
    expect(await network.refusal('copyProgramme', { ...next, endsOn: '2033' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'input.endsOn',
    });
    expect(await network.refusal('copyProgramme', { ...next, programme: 'nbnp:no' })).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.programme',
    });
  });

  it('has the parties that stand today, without co-ordinators that have closed', async () => {
    const since: Record<string, object> = {};
    await using network = await openTestVisits(kind, {
      ...hub,
      KnownParties(variables, ...given) {
        const known = hub['KnownParties']?.(variables, ...given) as Record<string, object | null>;
        const facts = Object.entries(variables).map(([name, id]) => {
          const field = name.replace('id', 'f');
          return [field, known[field] && { ...known[field], ...since[String(id)] }];
        });
        return Object.fromEntries(facts) as object;
      },
    });
    const { programme } = await planSides(network, {
      roles: [
        { role: 'SELECTOR', party: 'ncm:vno' },
        { role: 'LEAD', party: 'dk:nec' },
        { role: 'SELECTOR', party: 'ncm:tll' },
      ],
    });
    since['ncm:vno'] = { mergedInto: { id: 'ncm:tll' } };
    since['ncm:rix'] = { closedOn: '2033' };
    const shown = 'roles { role party { id } } sides { name selectors { id } coordinators { id } }';
    const copy = { ...input, programme };
    const { roles, sides } = await network.done('copyProgramme', copy, shown);
    const ids = (...parties: string[]) => parties.map((id) => ({ id }));
    expect(roles).toEqual([
      { role: 'SELECTOR', party: { id: 'ncm:tll' } },
      { role: 'LEAD', party: { id: 'dk:nec' } },
    ]);
    expect(sides).toContainEqual({
      name: baltic.name,
      selectors: ids('ncm:rix', 'ncm:tll', 'lv:police', 'nbnp:lv-prosecutor'),
      coordinators: ids('ncm:tll'),
    });
    since['ncm:tll'] = { closedOn: '2033' };
    const again = await network.done('copyProgramme', copy, shown);
    expect(again['sides']).toContainEqual(
      expect.objectContaining({ name: baltic.name, coordinators: [] }),
    );
  });
});
