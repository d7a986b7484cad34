import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

describe('the message of a refusal, through the hub', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const caller = { organisation: 'nbnp', role: 'coordinator' } as const;
  const send = async (mutation: string, type: string, input: object) => {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`;
    const { errors } = await network.ask(query, { input }, caller);
    return errors?.[0];
  };

  it('says of a used idempotency key that it was used, not that somebody changed the record', async () => {
    const input = {
      programme: 'nbnp:demo-programme',
      name: 'Once',
      direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      plannedSize: 12,
      idempotencyKey: 'messages',
    };
    expect(await send('createGroup', 'CreateGroupInput', input)).toBeUndefined();
    expect(
      await send('createGroup', 'CreateGroupInput', { ...input, name: 'Twice' }),
    ).toMatchObject({
      message: 'This idempotency key has been used with other input.',
      extensions: { code: 'CONFLICT', argument: 'input.idempotencyKey' },
    });
    const group = { group: 'nbnp:demo-group-2', name: 'Stale', version: 99 };
    expect(await send('changeGroup', 'ChangeGroupInput', group)).toMatchObject({
      message: 'Somebody else changed this first.',
      extensions: { code: 'CONFLICT', argument: 'input.version' },
    });
  });

  it('says which end of a range is wrong, and of what', async () => {
    const programme = {
      title: 'Backwards',
      startsOn: '2031-05',
      endsOn: '2031-04',
      targetGroups: ['POLICE'],
      sectorsToShow: [],
      workingLanguages: ['en'],
    };
    expect(await send('createProgramme', 'CreateProgrammeInput', programme)).toMatchObject({
      message: '`input.endsOn` is not valid. Last day, month or year. Not before `startsOn`.',
      extensions: { code: 'BAD_USER_INPUT', argument: 'input.endsOn' },
    });
  });

  it('speaks of the group when a group that is back is to be cancelled', async () => {
    const group = 'nbnp:demo-group-2';
    const { source } = network.serverOf('nbnp');
    await source.query(
      `UPDATE visits SET departed_on = starts_on, returned_on = ends_on WHERE group_id = '${group}'`,
    );
    const { data } = await network.ask(`{ group(id: "${group}") { version } }`, {}, caller);
    const version = data.group.version as number;
    const input = { group, on: '2026-11-01', reason: 'A trial.', version };
    const refusal = await send('cancelGroup', 'CancelGroupInput', input);
    expect(refusal).toMatchObject({
      message: expect.stringContaining('A group that is back from all its visits'),
      extensions: { rule: 'RETURNED', argument: 'input.group' },
    });
  });
});
