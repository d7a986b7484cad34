import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Event } from '../entities/event.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { north, openTestVisits, programme } from '../testing/test-visits.js';

const plan = {
  title: 'A plan',
  targetGroups: ['POLICE'],
  sectorsToShow: ['NGO'],
  workingLanguages: [],
};

const parts = `{ isRehearsal
  group { isRehearsal visits { isRehearsal experts { isRehearsal } stops { isRehearsal } } } }`;

describe.each(testDatabases)('Programme.isRehearsal on $name', (kind) => {
  it('is false unless the plan says so, and changes while there is no group', async () => {
    await using network = await openTestVisits(kind);
    const made = await network.done('createProgramme', plan, 'id version isRehearsal');
    expect(made['isRehearsal']).toBe(false);
    const change = { programme: made['id'], version: made['version'], isRehearsal: true };
    const changed = await network.done('changeProgramme', change, 'isRehearsal');
    expect(changed).toEqual({ isRehearsal: true });
    const rehearsal = { ...plan, isRehearsal: true };
    expect(await network.done('createProgramme', rehearsal, 'isRehearsal')).toEqual(changed);
  });

  it.each([true, false])('stays %j once there is a group, by REHEARSAL', async (isRehearsal) => {
    await using network = await openTestVisits(kind);
    await network.update(Programme, programme, { isRehearsal });
    const change = { programme, version: 1, isRehearsal: !isRehearsal };
    expect(await network.refusal('changeProgramme', change)).toMatchObject({
      code: 'RULE_VIOLATED',
      rule: 'REHEARSAL',
      argument: 'input.isRehearsal',
    });
    await network.done('changeProgramme', { ...change, isRehearsal });
  });

  it('never becomes true for a programme of the facts', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const facts = { id: 'nbnp:mobility-programme-2009-2010' };
    const marked = { programme: facts.id, version: 1, isRehearsal: true };
    const mutation = `mutation ($input: ChangeProgrammeInput!) {
      changeProgramme(input: $input) { isRehearsal } }`;
    expect(await network.source.manager.existsBy(Event, { programmeId: facts.id })).toBe(true);
    const { errors } = await network.ask(mutation, { input: marked });
    expect(errors).toMatchObject([{ extensions: { rule: 'REHEARSAL' } }]);
    expect(await network.source.manager.findOneBy(Programme, facts)).toMatchObject({
      isRehearsal: false,
    });
  });

  it('never becomes true for an event of the facts', async () => {
    await using network = await openTestNetwork(kind);
    const { manager } = network.source;
    const events = (await manager.find(Event)).filter(({ programmeId }) => programmeId === null);
    expect(events.length).toBeGreaterThan(10);
    for (const { id, version } of events) {
      const input = { event: id, version, programme: 'nbnp:demo-programme' };
      const { errors } = await network.ask(
        'mutation ($input: ChangeEventInput!) { changeEvent(input: $input) { id } }',
        { input },
      );
      expect(errors, id).toMatchObject([
        { extensions: { rule: 'REHEARSAL', argument: 'input.programme' } },
      ]);
    }
  });

  it.each(['a source', 'a statement', 'an event'])('stays false with %s', async (what) => {
    await using network = await openTestVisits(kind);
    const aims = what === 'a statement' ? ['To see.'] : [];
    const { id } = await network.done('createProgramme', { ...plan, aims });
    const event = { id: 'nbnp:event', title: 'An event', kind: 'SEMINAR', searchText: '' };
    if (what === 'a source')
      await network.update(Programme, String(id), { source: 'https://nbnp.ee/' });
    if (what === 'an event')
      await network.insert(Event, { ...event, programmeId: id, workingLanguages: [] });
    const change = { programme: id, version: 1, isRehearsal: true };
    expect(await network.refusal('changeProgramme', change)).toMatchObject({
      rule: 'REHEARSAL',
      argument: 'input.isRehearsal',
    });
  });

  it.each([true, false])('is %j for whatever belongs to it', async (isRehearsal) => {
    await using network = await openTestVisits(kind);
    await network.update(Programme, programme, { isRehearsal });
    await network.insert(ItineraryStop, {
      id: 'nbnp:another',
      visitId: north.visit,
      hostCountry: 'RU',
      day: '2030-05-08',
      title: 'Another',
      sector: 'NGO',
    });
    const query = `{ visits { nodes ${parts} } }`;
    const { data, errors } = await network.ask(query);
    expect(errors).toBeUndefined();
    const marks = JSON.stringify(data).match(/"isRehearsal":\w+/g) ?? [];
    expect(new Set(marks)).toEqual(new Set([`"isRehearsal":${isRehearsal}`]));
    // Two visits, their groups and these groups’ visits, three stops, one assignment.
    expect(marks).toHaveLength(10);
  });
});

describe.each(testDatabases)('the demonstration on $name', (kind) => {
  it('is a rehearsal, and the documented programme is not', async () => {
    await using network = await openTestNetwork(kind);
    const { data } = await network.ask('{ programmes { id isRehearsal } }');
    expect(data?.['programmes']).toEqual([
      { id: 'nbnp:demo-programme', isRehearsal: true },
      { id: 'nbnp:demo-programme-past', isRehearsal: true },
      { id: 'nbnp:mobility-programme-2009-2010', isRehearsal: false },
    ]);
  });
});
