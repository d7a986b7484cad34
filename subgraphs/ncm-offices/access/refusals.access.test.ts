import 'reflect-metadata';

import { anonymous, type Reader } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import {
  createFactsHub,
  readerOf,
  type TestDatabaseKind,
  testDatabases,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { levels } from '../levels.js';
import { openScenarios } from '../testing/test-access.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

const own = ['coordinator', 'liaison', 'service'].map((role) => readerOf('ncm', role as 'liaison'));
const stranger = readerOf('dk', 'coordinator');

describe('Visit.regionalHostings', () => {
  const offersOf = (visit: string) =>
    `{ _entities(representations: [{ __typename: "Visit", id: "nbnp:visit-${visit}" }]) {
         ... on Visit { regionalHostings { id } } } }`;
  const forbidden = [{ extensions: { code: 'FORBIDDEN' } }];

  it('are visible to the offices’ own people, and FORBIDDEN if no office made an offer or has a part in the visit', async () => {
    await using partner = await openScenarios(sqlite);
    for (const reader of own) {
      const { data } = await partner.ask(offersOf('ended'), {}, reader);
      const regionalHostings = [{ id: 'ncm:hosting-ended' }];
      expect(data).toEqual({ _entities: [{ regionalHostings }] });
      const { errors } = await partner.ask(offersOf('elsewhere'), {}, reader);
      expect(errors).toMatchObject(forbidden);
    }
  });

  it('are FORBIDDEN to others who have no part in the visit, whether there is an offer or not', async () => {
    await using partner = await openScenarios(sqlite);
    for (const visit of ['russian', 'elsewhere']) {
      const { errors } = await partner.ask(offersOf(visit), {}, stranger);
      expect(errors, visit).toMatchObject(forbidden);
    }
  });
});

describe('Delegate', () => {
  it('is FORBIDDEN to other police forces if the hub no longer knows the group', async () => {
    const { askHub } = createFactsHub(() => null);
    await using partner = await openScenarios(sqlite, askHub);
    const query = '{ delegate(id: "ncm:demo-delegate-1") { name } }';
    const { errors } = await partner.ask(query, {}, readerOf('fi', 'coordinator'));
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

/** `Level.decide`: without an object, whether the caller may learn that there is none. */
describe('that there is no such object', () => {
  const mayLearn = (type: string, level: string, reader: Reader) =>
    levels[type]?.[level]?.decide(undefined, { reader, partner: 'ncm' } as PartnerContext, {});

  it.each([
    ['Delegate', 'identity'],
    ['Delegate', 'formalities'],
    ['Delegate', 'travelNeeds'],
    ['DelegateNomination', 'identity'],
    ['ParticipantReport', 'report'],
    ['ItineraryStop', 'itinerary'],
    ['Visit', 'itinerary'],
  ])('is said to nobody for %s at the level %s', async (type, level) => {
    for (const reader of [...own, stranger])
      expect(await mayLearn(type, level, reader)).toBe(false);
  });

  it('is said for GroupMeeting to callers with a token, and of its plan to the offices', async () => {
    const others = [stranger, readerOf('nbnp', 'coordinator'), anonymous];
    for (const reader of [...own, ...others]) {
      const isPerson = reader.kind === 'person';
      expect(await mayLearn('GroupMeeting', 'visit', reader)).toBe(isPerson);
      expect(await mayLearn('GroupMeeting', 'itinerary', reader)).toBe(own.includes(reader));
    }
  });

  // The delegate’s own level decides who may read an empty list or null of her.
  it.each([
    ['Formality', 'formalities'],
    ['TravelNeeds', 'travelNeeds'],
  ])('is said for %s at the level %s', async (type, level) => {
    for (const reader of [...own, stranger, anonymous])
      expect(await mayLearn(type, level, reader)).toBe(true);
  });

  it('is said for RegionalHosting to those who may read all of them', async () => {
    const readsAll = [...own, readerOf('nbnp', 'liaison')];
    for (const reader of readsAll) {
      expect(await mayLearn('RegionalHosting', 'itinerary', reader)).toBe(true);
    }
    for (const reader of [stranger, readerOf('nbnp', 'analyst'), readerOf('nbnp', 'auditor')]) {
      expect(await mayLearn('RegionalHosting', 'itinerary', reader)).toBe(false);
    }
  });
});
