import 'reflect-metadata';

import { Loaders } from '@hub/shared/database';
import { anonymous, type Reader } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import {
  createFactsHub,
  type FactsHub,
  readerOf,
  type TestDatabaseKind,
  testDatabases,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { levels } from '../levels.js';
import { today } from '../testing/test-access.js';
import { openTestOffices } from '../testing/test-partner.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

const group = 'nbnp:demo-group-1';
const member = 'ncm:demo-delegate-1';
const declined = 'ncm:demo-delegate-13';

const offices = readerOf('ncm', 'liaison');
const network = readerOf('nbnp', 'coordinator');
const host = readerOf('fi', 'coordinator');
const analyst = readerOf('nbnp', 'analyst');

/** The visit that Finland hosts, during it. */
const near = { startsOn: '2026-11-22', endsOn: '2026-11-27', hosts: [{ owner: 'fi' }] };

/** The levels themselves: each holds on whatever path a caller comes to the object. */
async function openLevels({ askHub }: FactsHub) {
  const clock = () => new Date(`${today}T12:00:00Z`);
  const partner = await openTestOffices(sqlite, 'demonstration', { askHub, clock });
  const { source } = partner;
  return {
    manager: source.manager,
    mayRead: async (type: string, level: string, row: object, reader: Reader, args = {}) => {
      const loaders = new Loaders(source);
      const context = { reader, partner: 'ncm', source, loaders, clock, askHub };
      const decide = levels[type]?.[level]?.decide;
      return decide?.(row as never, context as unknown as PartnerContext, args);
    },
    [Symbol.asyncDispose]: () => partner[Symbol.asyncDispose](),
  };
}

describe('Delegate.formalities', () => {
  it('are read by the network for a group of which she is a member, and for no other', async () => {
    await using offered = await openLevels(createFactsHub(() => ({ visits: [near] })));
    const mayRead = (reader: Reader, id: string, of: string) =>
      offered.mayRead('Delegate', 'formalities', { id }, reader, { group: of });
    expect(await mayRead(network, member, group)).toBe(true);
    expect(await mayRead(network, member, 'nbnp:other')).toBe(false);
    expect(await mayRead(network, declined, group)).toBe(false);
    expect(await mayRead(offices, declined, group)).toBe(true);
    expect(await mayRead(analyst, member, group)).toBe(false);
  });
});

describe('Delegate.name', () => {
  it.each([
    ['of a group that has not departed', { visits: [near] }, true],
    ['89 days after the return', { visits: [{ ...near, returnedOn: '2026-08-27' }] }, true],
    ['91 days after the return', { visits: [{ ...near, returnedOn: '2026-08-25' }] }, false],
    ['91 days after a cancellation', { cancelledOn: '2026-08-25', visits: [near] }, false],
  ])('is read by the network and the host %s', async (_, facts, isRead) => {
    await using offered = await openLevels(createFactsHub(() => facts));
    const mayRead = (reader: Reader) =>
      offered.mayRead('Delegate', 'identity', { id: member }, reader);
    for (const reader of [network, host]) expect(await mayRead(reader)).toBe(isRead);
    expect(await mayRead(offices)).toBe(true);
    expect(await mayRead(analyst)).toBe(false);
  });
});

describe('Delegate.travelNeeds', () => {
  it('are read by the network and the host of a member, and not of others', async () => {
    await using offered = await openLevels(createFactsHub(() => ({ visits: [near] })));
    const mayRead = (reader: Reader, id: string) =>
      offered.mayRead('Delegate', 'travelNeeds', { id }, reader);
    for (const reader of [network, host]) {
      expect(await mayRead(reader, member)).toBe(true);
      expect(await mayRead(reader, declined)).toBe(false);
    }
    expect(await mayRead(analyst, member)).toBe(false);
  });

  it('are read by the host of one of her groups', async () => {
    await using offered = await openLevels(
      createFactsHub((_, id) => ({ visits: id === group ? [near] : [] })),
    );
    await offered.manager.insert(DelegateNomination, {
      id: 'ncm:nomination-second',
      groupId: 'nbnp:second',
      delegateId: member,
      nominatedOn: '2026-08-17',
      status: 'SELECTED',
      reserve: false,
      version: 1,
    });
    expect(await offered.mayRead('Delegate', 'travelNeeds', { id: member }, host)).toBe(true);
  });

  it('are not read by a host if the hub does not know the group', async () => {
    await using offered = await openLevels(createFactsHub(() => null));
    expect(await offered.mayRead('Delegate', 'travelNeeds', { id: member }, host)).toBe(false);
  });
});

describe.each([
  ['Formality', 'formalities'],
  ['TravelNeeds', 'travelNeeds'],
])('%s', (type, level) => {
  it('is read by the offices and, of a member, by the network', async () => {
    await using offered = await openLevels(createFactsHub(() => ({ visits: [near] })));
    const mayRead = (reader: Reader, delegateId: string) =>
      offered.mayRead(type, level, { delegateId, groupId: group }, reader);
    expect(await mayRead(offices, declined)).toBe(true);
    expect(await mayRead(network, member)).toBe(true);
    expect(await mayRead(network, declined)).toBe(false);
    expect(await mayRead(analyst, member)).toBe(false);
  });
});

describe('GroupMeeting', () => {
  it('is known to anonymous callers once every visit of the group has ended', async () => {
    const ended = { endsOn: '2026-11-23', returnedOn: '2026-11-23' };
    await using offered = await openLevels(
      createFactsHub((_, id) => ({ visits: id === 'nbnp:ended' ? [ended] : [ended, near] })),
    );
    const mayKnow = (groupId: string) =>
      offered.mayRead('GroupMeeting', 'visit', { groupId }, anonymous);
    expect(await mayKnow('nbnp:ended')).toBe(true);
    expect(await mayKnow('nbnp:running')).toBe(false);
  });
});
