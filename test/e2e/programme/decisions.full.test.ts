import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  acceptOfficer,
  nominateOfficer,
  plan,
  runIn,
  type Programme,
} from '../network/run-programme.js';

describe('what the network decides, through the hub', () => {
  let network: OpenNetwork;
  let programme: Programme;
  let id: string;

  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
    programme = runIn(network);
    id = (await programme.done('nbnp', 'createProgramme', plan)).id;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('records an event with organisers of three owners, each asked whether it has them', async () => {
    const [unit, organisation] = ['ee:ppa', 'nbnp:nbnp'];
    const event = {
      title: 'A seminar in Tallinn',
      kind: 'SEMINAR',
      startsOn: '2031-09-01',
      endsOn: '2031-09-03',
      country: 'EE',
      programme: id,
    };
    const recorded = await programme.done(
      'nbnp',
      'recordEvent',
      { ...event, organisers: ['ncm:led', unit, organisation] },
      'durationDays countries roles { role party { id name } } programme { title }',
    );
    const organiser = (party: string) => ({
      role: 'ORGANISER',
      party: { id: party, name: expect.any(String) as unknown },
    });
    expect(recorded).toEqual({
      durationDays: 3,
      countries: ['EE'],
      roles: ['ncm:led', unit, organisation].map(organiser),
      programme: { title: plan.title },
    });
    for (const unknown of ['ncm:none', 'ee:none', 'nbnp:none', 'ru:none']) {
      const refused = await programme.call('nbnp', 'recordEvent', {
        ...event,
        organisers: [unit, unknown],
      });
      expect.soft(refused, unknown).toMatchObject({
        code: 'NOT_FOUND',
        argument: 'input.organisers.1',
      });
    }
  });

  it('lets an organiser record, correct and remove its event, and tells the network alone who it was', async () => {
    const event = { title: 'A seminar in Tartu', kind: 'SEMINAR', organisers: ['ee:ppa'] };
    const recorded = await programme.done('ee', 'recordEvent', event, 'id version');
    const change = { event: recorded.id as string, version: 1, city: 'Tartu' };
    expect(await programme.call('ncm', 'changeEvent', change)).toMatchObject({ code: 'FORBIDDEN' });
    const changed = await programme.done('ee', 'changeEvent', change, 'city version');
    expect(changed).toEqual({ city: 'Tartu', version: 2 });
    const removal = { event: recorded.id as string, reason: 'It was in Narva.', version: 2 };
    expect((await programme.call('ee', 'removeEvent', removal, '')).payload).toBe(true);
    const query = `{ event(id: "${recorded.id}") { id }
      networkChanges(filter: { subject: "${recorded.id}" }) { nodes { mutation organisation reason person } } }`;
    const changes = ['removeEvent', 'changeEvent', 'recordEvent'].map((mutation) => ({
      mutation,
      organisation: 'ee',
      reason: mutation === 'removeEvent' ? 'It was in Narva.' : null,
    }));
    for (const [organisation, person] of [
      ['nbnp', 'ee-coordinator'],
      ['ee', null],
    ] as const) {
      const { data } = await network.ask(query, {}, { organisation, role: 'coordinator' });
      const nodes = changes.map((one) => ({ ...one, person }));
      expect(data).toEqual({ event: null, networkChanges: { nodes } });
    }
  });

  it('refuses a group of an unknown office', async () => {
    const group = {
      programme: id,
      name: 'A group',
      direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
      plannedSize: 2,
    };
    expect(
      await programme.call('nbnp', 'createGroup', { ...group, coordinatingOffice: 'ncm:none' }),
    ).toMatchObject({ code: 'NOT_FOUND', argument: 'input.coordinatingOffice' });
  });

  it('releases an officer, whom her police then withdraws and nominates anew', async () => {
    const { id: group } = await programme.done('nbnp', 'createGroup', {
      programme: id,
      name: 'A group of officers',
      direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      plannedSize: 2,
    });
    const { officer, nomination } = await nominateOfficer(programme, 'dk', 'dk:police', group);
    const decide = (more: object) => ({
      group,
      officer,
      nomination,
      on: '2031-02-01',
      version: 1,
      ...more,
    });
    expect((await acceptOfficer(programme, group, { officer, nomination })).code).toBeUndefined();
    const withdrawn = { nomination, on: '2031-02-02', version: 1 };
    expect(await programme.call('dk', 'withdrawOfficer', withdrawn)).toMatchObject({
      code: 'RULE_VIOLATED',
      rule: 'ACCEPTED',
    });
    const released = await programme.done(
      'nbnp',
      'declineOfficer',
      decide({ reason: 'Another one goes.', decisionVersion: 1 }),
      'memberCount state',
    );
    // Her nomination was the only one, and it is declined.
    expect(released).toEqual({ memberCount: 0, state: 'PLANNED' });
    expect(await programme.call('nbnp', 'acceptOfficer', decide({}))).toMatchObject({
      rule: 'ALREADY_DECIDED',
    });
    await programme.done('dk', 'withdrawOfficer', withdrawn);
    expect(await programme.call('nbnp', 'declineOfficer', decide({}))).toMatchObject({
      rule: 'ALREADY_DECIDED',
    });
    const again = await programme.done('dk', 'nominateOfficer', {
      group,
      officer,
      on: '2031-02-03',
    });
    expect(
      await programme.call(
        'nbnp',
        'acceptOfficer',
        decide({ nomination: again.id, on: '2031-02-02' }),
      ),
    ).toMatchObject({ rule: 'DATE_ORDER' });
    const accepted = await programme.done(
      'nbnp',
      'acceptOfficer',
      decide({ nomination: again.id, on: '2031-02-03' }),
      'memberCount members { id }',
    );
    expect(accepted).toEqual({ memberCount: 1, members: [{ id: officer }] });
  });
});
