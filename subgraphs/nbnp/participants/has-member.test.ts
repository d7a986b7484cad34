import { anonymous, type Reader } from '@hub/shared/identity';
import { participantOf, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { readersOf } from '../testing/test-outcomes.js';
import {
  north,
  openTestVisits,
  programme,
  reserve,
  south,
  type TestVisits,
} from '../testing/test-visits.js';

const delegate = (groupId: string, status: string, isReserve = false) => ({
  f0: { nominations: [{ groupId, status, reserve: isReserve }] },
});

const hub = (nomination: object) => ({ PolicyFacts: () => nomination });

const ask = async (network: TestVisits, person: string, reader: Reader): Promise<unknown> => {
  const query = `{ programme(id: "${programme}") { hasMember(person: "${person}") } }`;
  const { data, errors } = await network.ask(query, {}, reader);
  const found = data?.['programme'] as { hasMember: unknown } | null;
  return errors?.[0]?.extensions.code ?? found?.hasMember;
};

describe.each(testDatabases)('Programme.hasMember on $name', (kind) => {
  it('is true of the members of its groups that take place, and of nobody else', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(OfficerNomination, reserve);
    const server = readerOf('dk', 'service');
    expect(await ask(network, 'dk:officer-1', server)).toBe(true);
    expect(await ask(network, 'fi:officer-1', server)).toBe(true);
    for (const other of [reserve.officerId, 'dk:nobody', 'nbnp:nobody', ''])
      expect(await ask(network, other, server), other).toBe(false);
    await network.update(Group, south.group, { cancelledOn: '2030-01-01' });
    expect(await ask(network, 'dk:officer-1', readerOf('fi', 'service'))).toBe(false);
    // Finland’s officer is a member of the second group too.
    expect(await ask(network, 'fi:officer-1', readerOf('fi', 'service'))).toBe(true);
  });

  it.each([
    [delegate(north.group, 'SELECTED'), true],
    [delegate(north.group, 'SELECTED', true), false],
    [delegate(north.group, 'PENDING'), false],
    [delegate('nbnp:elsewhere', 'SELECTED'), false],
    [{ f0: null }, false],
  ])('asks the offices about a delegate: %j', async (nomination, isMember) => {
    await using network = await openTestVisits(kind, hub(nomination));
    expect(await ask(network, 'ncm:d1', readerOf('ncm', 'service'))).toBe(isMember);
  });

  it('is for the servers of those who send somebody in the programme', async () => {
    await using network = await openTestVisits(kind);
    const servers = ['service of dk', 'service of fi', 'service of ncm'];
    for (const [name, reader] of readersOf(['nbnp', 'ncm', 'dk', 'fi', 'lv']))
      expect(await ask(network, 'dk:officer-1', reader), name).toBe(
        servers.includes(name) ? true : 'FORBIDDEN',
      );
    for (const reader of [anonymous, participantOf('dk:officer-1')])
      expect(await ask(network, 'dk:officer-1', reader)).toBe('FORBIDDEN');
  });
});
