import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { nominateOfficer, plan, runIn, type Programme } from '../network/run-programme.js';

describe('Group.state and officerNominationCount of a group that polices send', () => {
  let network: OpenNetwork;
  let programme: Programme;
  let group: string;

  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
    programme = runIn(network);
    const { id } = await programme.done('nbnp', 'createProgramme', plan);
    const created = await programme.done('nbnp', 'createGroup', {
      programme: id,
      name: 'A group of officers',
      direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      plannedSize: 2,
    });
    group = created.id;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const read = () => programme.group(group, 'state stateIsCertain officerNominationCount');

  const readAs = async (organisation: string, role: 'analyst' | 'coordinator') => {
    const query = `{ group(id: "${group}") { officerNominationCount } }`;
    const { data } = await network.ask(query, {}, { organisation, role });
    return data.group as { officerNominationCount: number };
  };

  it('say what is known while a police is down, and leave out who was declined', async () => {
    await nominateOfficer(programme, 'dk', 'dk:police', group);
    const known = await nominateOfficer(programme, 'lv', 'lv:police', group);
    expect(await read()).toEqual({
      state: 'NOMINATED',
      stateIsCertain: true,
      officerNominationCount: 2,
    });

    await network.stop('dk');
    const short = await network.ask(
      `{ group(id: "${group}") { state stateIsCertain officerNominationCount } }`,
      {},
      { organisation: 'nbnp', role: 'coordinator' },
    );
    expect(short.data.group).toEqual({
      state: 'NOMINATED',
      stateIsCertain: false,
      officerNominationCount: null,
    });

    const declined = await programme.call('nbnp', 'declineOfficer', {
      group,
      ...known,
      on: '2031-02-01',
      version: 1,
    });
    expect(declined.code).toBeUndefined();
    const query = `{ group(id: "${group}") { state stateIsCertain } }`;
    const after = await network.ask(query, {}, { organisation: 'nbnp', role: 'coordinator' });
    expect(after.data.group).toEqual({ state: 'PLANNED', stateIsCertain: false });

    await network.start('dk');
    await expect.poll(() => readAs('nbnp', 'coordinator')).toEqual({ officerNominationCount: 1 });
    expect(await read()).toMatchObject({ state: 'NOMINATED', stateIsCertain: true });
    await expect.poll(() => readAs('se', 'analyst')).toEqual({ officerNominationCount: 1 });
  });

  it('say what was decided on each, and what only a police that is down could say', async () => {
    const { nomination, officer } = await nominateOfficer(programme, 'fi', 'fi:npb', group);
    const accepted = { group, nomination, officer, on: '2031-02-01', version: 1 };
    expect((await programme.call('nbnp', 'acceptOfficer', accepted)).code).toBeUndefined();
    const statuses = async () => {
      const selection = 'id status decidedOn reason';
      const { data } = await network.ask(
        `{ group(id: "${group}") {
          officerNominations { ${selection} } declinedNominations { ${selection} } } }`,
        {},
        { organisation: 'nbnp', role: 'coordinator' },
      );
      const { officerNominations = [], declinedNominations } = data.group as Record<
        string,
        { id: string; status: string | null; decidedOn: string | null; reason: string | null }[]
      >;
      const all = [...(officerNominations ?? []), ...(declinedNominations ?? [])];
      return Object.fromEntries(
        all.map(({ id, status, decidedOn }) => [id.slice(0, 2), [status, decidedOn]]),
      );
    };
    const known = {
      dk: ['PENDING', null],
      fi: ['SELECTED', '2031-02-01'],
      lv: ['DECLINED', '2031-02-01'],
    };
    expect(await statuses()).toEqual(known);
    await network.stop('lv');
    // Why it was made, and when, is the police's to say. That it was declined is the network's.
    expect(await statuses()).toEqual(known);
    await network.start('lv');
  });
});
