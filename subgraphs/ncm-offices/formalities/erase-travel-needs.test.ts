import 'reflect-metadata';

import { HubError } from '@hub/shared/errors';
import { createFactsHub, type TestDatabaseKind, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { away, delegate, nomination } from '../testing/test-mutations.js';
import { openTestOffices } from '../testing/test-partner.js';
import { eraseDelegatesTravelNeeds } from './erase-travel-needs.js';

const none = { cancelledOn: null, declinedNominations: [] };
const visit = (returnedOn: string | null, cancelledOn: string | null = null) => ({
  returnedOn,
  cancelledOn,
});

/** Returned on 1 May 2030; under way; cancelled; and one that NBNP does not tell of now. */
const groups: Readonly<Record<string, object>> = {
  'nbnp:back': { ...none, visits: [visit('2030-05-01'), visit(null, '2030-04-01')] },
  'nbnp:away': { ...none, visits: [visit('2030-05-01'), visit(null)] },
  'nbnp:planned': { ...none, visits: [] },
  'nbnp:cancelled': { ...none, cancelledOn: '2030-04-20', visits: [visit(null)] },
};

async function open(kind: TestDatabaseKind, journeys: Readonly<Record<string, string[]>>) {
  const state = { isAway: false, day: '2030-05-30' };
  const { askHub } = createFactsHub((_, id) => {
    if (state.isAway || id === 'nbnp:silent') throw away;
    return groups[id] as Record<string, unknown>;
  });
  const offices = await openTestOffices(kind, 'facts', { askHub });
  const { source } = offices;
  for (const [name, groupIds] of Object.entries(journeys)) {
    await source.manager.insert(Delegate, delegate(`ncm:d${name}`));
    for (const groupId of groupIds) {
      const id = `ncm:n${name}-${groupId}`;
      await source.manager.insert(DelegateNomination, {
        ...nomination(name, 'SELECTED', groupId),
        id,
      });
    }
    await source.manager.insert(DelegateTravelNeeds, {
      delegateId: `ncm:d${name}`,
      diet: `Diet of ${name}`,
      setOn: '2030-03-01',
    });
  }
  const clock = () => new Date(`${state.day}T12:00:00Z`);
  const run = () =>
    eraseDelegatesTravelNeeds({ partner: 'ncm', source, clock, askHub, travelNeedsDays: 30 });
  const left = async () => {
    const rows = await source.manager.find(DelegateTravelNeeds, { order: { delegateId: 'ASC' } });
    return rows.map(({ delegateId }) => delegateId.slice('ncm:d'.length));
  };
  return { ...offices, state, run, left, [Symbol.asyncDispose]: offices[Symbol.asyncDispose] };
}

describe.each(testDatabases)('the erasure of travel needs on $name', (kind) => {
  it('comes 30 days after the last return, and is recorded', async () => {
    await using offices = await open(kind, {
      back: ['nbnp:back'],
      twice: ['nbnp:back', 'nbnp:away'],
      again: ['nbnp:back', 'nbnp:planned'],
    });
    expect(await offices.run()).toBe(true);
    expect(await offices.left()).toEqual(['again', 'back', 'twice']);
    offices.state.day = '2030-05-31';
    expect(await offices.run()).toBe(true);
    expect(await offices.left()).toEqual(['again', 'twice']);
    expect(
      await offices.read(
        '{ officeChanges { nodes { mutation subject fields organisation person } } }',
      ),
    ).toEqual({
      officeChanges: {
        nodes: [
          {
            mutation: 'eraseTravelNeeds',
            subject: 'ncm:dback',
            fields: ['travelNeeds'],
            organisation: 'ncm',
            person: null,
          },
        ],
      },
    });
  });

  it('waits for a hub that is away, and erases what is known', async () => {
    await using offices = await open(kind, { back: ['nbnp:back'], silent: ['nbnp:silent'] });
    Object.assign(offices.state, { isAway: true, day: '2031-01-01' });
    expect(await offices.run()).toBe(false);
    expect(await offices.left()).toEqual(['back', 'silent']);
  });

  it('counts from the day on which they were set for a person who never travelled', async () => {
    await using offices = await open(kind, { idle: [], stayed: ['nbnp:cancelled'] });
    offices.state.day = '2030-03-30';
    await offices.run();
    expect(await offices.left()).toEqual(['idle', 'stayed']);
    offices.state.day = '2030-03-31';
    expect(await offices.run()).toBe(true);
    expect(await offices.left()).toEqual([]);
  });

  it('fails if the database fails, and not only the hub', async () => {
    await using offices = await open(kind, { back: ['nbnp:back'] });
    await offices.source.query('DROP TABLE "delegate_travel_needs"');
    await expect(offices.run()).rejects.not.toBeInstanceOf(HubError);
  });
});
