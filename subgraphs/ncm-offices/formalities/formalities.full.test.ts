import 'reflect-metadata';

import { anonymous, type Reader } from '@hub/shared/identity';
import { participantOf, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  away,
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  rule,
  type WrittenOffices,
} from '../testing/test-mutations.js';

const members = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED'), nomination('3')];
const visa = {
  delegate: 'ncm:d1',
  group: 'nbnp:g',
  kind: 'VISA',
  status: 'REQUESTED',
  on: '2010-03-01',
  note: 'The consulate is slow.',
};
const needs = {
  delegate: 'ncm:d1',
  diet: 'No nuts',
  access: 'No stairs',
  emergencyContact: 'A sister',
};
const formalities = 'formalities(group: "nbnp:g") { kind status on note }';
const travelNeeds = 'travelNeeds { diet access emergencyContact }';

async function readOpen({ partner }: WrittenOffices): Promise<unknown> {
  const [found] = await partner.entities(
    [{ __typename: 'Group', id: 'nbnp:g' }],
    '... on Group { delegateFormalitiesOpen }',
  );
  return found?.['delegateFormalitiesOpen'];
}

const readChanges = ({ partner }: WrittenOffices) =>
  partner.read('{ officeChanges(first: 1) { nodes { mutation subject fields person } } }');

describe.each(testDatabases)('Mutation.recordDelegateFormality on $name', (database) => {
  it('records a formality, replaces it, and counts what is open', async () => {
    await using offices = await openWrittenOffices(database, members);
    expect(await readOpen(offices)).toBe(10);
    const { delegate: _, group: __, ...recorded } = visa;
    expect(await offices.call('recordDelegateFormality', visa, formalities)).toEqual({
      value: { formalities: [recorded] },
      refusal: undefined,
    });
    expect(await readOpen(offices)).toBe(10);
    expect(await readChanges(offices)).toEqual({
      officeChanges: {
        nodes: [
          {
            mutation: 'recordDelegateFormality',
            subject: 'ncm:d1',
            fields: ['formalities'],
            person: 'ncm-coordinator',
          },
        ],
      },
    });
    const received = { ...visa, status: 'RECEIVED', on: '2010-03-20', note: null };
    const { value } = await offices.call('recordDelegateFormality', received, formalities);
    expect(value).toEqual({
      formalities: [{ ...recorded, status: 'RECEIVED', on: '2010-03-20', note: null }],
    });
    await offices.call('recordDelegateFormality', { ...received, kind: 'TICKET' });
    await offices.call('recordDelegateFormality', {
      ...received,
      kind: 'CONSENT',
      status: 'NOT_NEEDED',
    });
    expect(await readOpen(offices)).toBe(7);
    await offices.partner.ask('mutation { eraseDelegate(id: "ncm:d1") }');
    expect(await readOpen(offices)).toBe(5);
  });

  it('keeps one record when two write it at once', async () => {
    await using offices = await openWrittenOffices(database, members);
    const both = await Promise.all([
      offices.call('recordDelegateFormality', visa),
      offices.call('recordDelegateFormality', { ...visa, status: 'RECEIVED' }),
    ]);
    expect(both.map(({ refusal }) => refusal)).toEqual([undefined, undefined]);
    const { delegate } = await offices.partner.read(
      '{ delegate(id: "ncm:d1") { formalities(group: "nbnp:g") { kind } } }',
    );
    expect(delegate).toEqual({ formalities: [{ kind: 'VISA' }] });
  });
});

describe.each(testDatabases)('Mutation.recordDelegateFormalities on $name', (database) => {
  const one = ({ delegate, kind, status, on }: typeof visa) => ({ delegate, kind, status, on });
  const results = 'results { participant kind refusal { code rule argument currentVersion } }';

  it('records what can be recorded of several, in their order, and says why not the rest', async () => {
    await using offices = await openWrittenOffices(database, members);
    await offices.call('recordDelegateFormality', { ...visa, delegate: 'ncm:d2' });
    const list = [
      one(visa),
      { ...one(visa), kind: 'TICKET', on: '2011-01-01' },
      { ...one(visa), delegate: 'ncm:d2', status: 'RECEIVED', version: 0 },
      { ...one(visa), delegate: 'ncm:d3' },
      { ...one(visa), delegate: 'fi:other' },
      { ...one(visa), delegate: 'ncm:d2', kind: 'TICKET', status: 'NOT_NEEDED' },
    ];
    const input = { group: 'nbnp:g', formalities: list, idempotencyKey: 'k' };
    const first = await offices.call('recordDelegateFormalities', input, results);
    const refusals: readonly (object | null)[] = [
      null,
      { code: 'RULE_VIOLATED', rule: 'OUTSIDE_PROGRAMME', argument: 'on' },
      { code: 'CONFLICT', currentVersion: 1, argument: 'version' },
      { code: 'RULE_VIOLATED', rule: 'NOT_MEMBER', argument: 'delegate' },
      { code: 'NOT_FOUND', argument: 'delegate' },
      null,
    ];
    expect(first).toEqual({
      refusal: undefined,
      value: {
        results: list.map(({ delegate, kind }, place) => {
          const refusal = refusals[place] as { argument: string } | null;
          const argument = `input.formalities.${place}.${refusal?.argument}`;
          const none = { rule: null, currentVersion: null };
          return {
            participant: delegate,
            kind,
            refusal: refusal && { ...none, ...refusal, argument },
          };
        }),
      },
    });
    expect(await readOpen(offices)).toBe(9);
    expect(offices.asked.slice(-1)).toEqual([['group nbnp:g']]);
    expect(await readChanges(offices)).toMatchObject({
      officeChanges: {
        nodes: [{ mutation: 'recordDelegateFormalities', subject: 'ncm:d2' }],
      },
    });
    expect(await offices.call('recordDelegateFormalities', input, results)).toEqual(first);
    await offices.partner.ask('mutation { eraseDelegate(id: "ncm:d3") }');
    const closed = await offices.call('recordDelegateFormalities', input, results);
    expect(closed.refusal).toMatchObject({ code: 'CONFLICT' });
  });

  it('refuses all of a group that is unknown, cancelled or out of reach', async () => {
    await using offices = await openWrittenOffices(database, members);
    const input = { group: 'nbnp:g', formalities: [one(visa)] };
    await expectRefusals(offices, 'recordDelegateFormalities', input, [
      { input: { group: 'nbnp:none' }, as: { code: 'NOT_FOUND', argument: 'input.group' } },
      {
        hub: { 'nbnp:g': { ...group, cancelledOn: '2010-01-01' } },
        as: rule('CANCELLED', 'input.group'),
      },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
    ]);
  });
});

describe.each(testDatabases)('Group.delegateVisasRefused on $name', (database) => {
  it('counts delegates whose visa is refused, until they are absent', async () => {
    await using offices = await openWrittenOffices(database, members);
    const read = async () => {
      const [found] = await offices.partner.entities(
        [{ __typename: 'Group', id: 'nbnp:g' }],
        '... on Group { delegateVisasRefused }',
      );
      return found?.['delegateVisasRefused'];
    };
    expect(await read()).toBe(0);
    for (const delegate of ['ncm:d1', 'ncm:d2']) {
      const refused = { ...visa, delegate, status: 'REFUSED' };
      expect((await offices.call('recordDelegateFormality', refused)).refusal).toBeUndefined();
    }
    expect(await read()).toBe(2);
    const absence = { participant: { id: 'ncm:d1' }, visit: { id: 'nbnp:v' }, from: '2010-04-12' };
    offices.hub.set('nbnp:g', { ...group, absences: [absence] });
    expect(await read()).toBe(1);
  });
});

describe.each(testDatabases)('DelegateNomination.hasFormalities on $name', (database) => {
  it('says whether any are recorded for the group of the nomination', async () => {
    const another = { ...nomination('4', 'DECLINED', 'nbnp:other'), delegateId: 'ncm:d1' };
    await using offices = await openWrittenOffices(database, [...members, another]);
    const read = async () => {
      const { delegate } = (await offices.partner.read(
        '{ delegate(id: "ncm:d1") { nominations { groupId hasFormalities } } }',
      )) as { delegate: { nominations: { groupId: string; hasFormalities: boolean }[] } };
      return delegate.nominations
        .filter(({ hasFormalities }) => hasFormalities)
        .map(({ groupId }) => groupId);
    };
    expect(await read()).toEqual([]);
    await offices.call('recordDelegateFormality', visa);
    expect(await read()).toEqual(['nbnp:g']);
  });
});

describe.each(testDatabases)('Mutation.setDelegateTravelNeeds on $name', (database) => {
  it('sets all needs anew, and keeps only their version without values', async () => {
    await using offices = await openWrittenOffices(database, members);
    const { delegate: _, ...set } = needs;
    expect(await offices.call('setDelegateTravelNeeds', needs, travelNeeds)).toEqual({
      value: { travelNeeds: set },
      refusal: undefined,
    });
    expect(await readChanges(offices)).toMatchObject({
      officeChanges: { nodes: [{ subject: 'ncm:d1', fields: ['travelNeeds'] }] },
    });
    const fewer = { delegate: 'ncm:d1', diet: 'Vegan' };
    expect((await offices.call('setDelegateTravelNeeds', fewer, travelNeeds)).value).toEqual({
      travelNeeds: { diet: 'Vegan', access: null, emergencyContact: null },
    });
    const none = { delegate: 'ncm:d1' };
    expect((await offices.call('setDelegateTravelNeeds', none, travelNeeds)).value).toEqual({
      travelNeeds: { diet: null, access: null, emergencyContact: null },
    });
    expect(await offices.rows()).not.toContain('Vegan');
    const stale = { code: 'CONFLICT', currentVersion: 3, argument: 'input.version' };
    await expectRefusals(
      offices,
      'setDelegateTravelNeeds',
      needs,
      [0, 1, 2].map((version) => ({ input: { version }, as: stale })),
    );
  });

  it('is removed by an erasure', async () => {
    await using offices = await openWrittenOffices(database, members);
    await offices.call('setDelegateTravelNeeds', { ...needs, delegate: 'ncm:d2' });
    await offices.call('recordDelegateFormality', { ...visa, delegate: 'ncm:d2' });
    await offices.partner.ask('mutation { eraseDelegate(id: "ncm:d2") }');
    const rows = await offices.rows();
    for (const gone of ['No nuts', 'A sister', 'The consulate']) expect(rows).not.toContain(gone);
  });
});

describe.each(testDatabases)('Group.delegateFormalitiesOpen on $name', (database) => {
  it('is withheld while it is small from callers without a task, as in statistics', async () => {
    await using offices = await openWrittenOffices(database, members.slice(0, 1));
    offices.hub.set('nbnp:g', { ...group, senders: ['ncm', 'no'] });
    const ask = (reader: Reader) =>
      offices.partner.ask(
        '{ _entities(representations: [{ __typename: "Group", id: "nbnp:g" }, { __typename: "Group", id: "nbnp:empty" }]) { ... on Group { delegateFormalitiesOpen } } }',
        {},
        reader,
      );
    const counts = (open: number | null) => ({
      data: {
        _entities: [open, 0].map((delegateFormalitiesOpen) => ({ delegateFormalitiesOpen })),
      },
    });
    // Five kinds of one member.
    expect(await ask(anonymous)).toEqual(counts(5));
    await offices.call('recordDelegateFormality', { ...visa, status: 'RECEIVED' });
    const path = ['_entities', 0, 'delegateFormalitiesOpen'];
    for (const reader of [anonymous, readerOf('ncm', 'analyst'), readerOf('dk', 'coordinator')])
      expect(await ask(reader)).toMatchObject({
        ...counts(null),
        errors: [{ path, extensions: { code: 'FORBIDDEN' } }],
      });
    for (const reader of [
      readerOf('nbnp', 'liaison'),
      readerOf('ncm', 'auditor'),
      readerOf('no', 'liaison'),
    ])
      expect(await ask(reader)).toEqual(counts(4));
  });
});

describe.each(testDatabases)('Mutation.sayDelegateFormalityDone on $name', (database) => {
  it('is for a selected delegate herself, and stands until the offices record it again', async () => {
    await using offices = await openWrittenOffices(database, members);
    offices.hub.set('nbnp:g', { ...group, programme: { ...group.programme, endsOn: '2040' } });
    const say = async (delegate: string, as: Reader, kind = 'VISA') => {
      const { errors } = await offices.partner.ask(
        `mutation ($input: SayDelegateFormalityDoneInput!) {
          sayDelegateFormalityDone(input: $input) { __typename }
        }`,
        { input: { delegate, group: 'nbnp:g', kind, note: 'Here it is.' } },
        as,
      );
      return errors?.[0]?.extensions;
    };
    await offices.call('recordDelegateFormality', visa);
    const forbidden = { code: 'FORBIDDEN' };
    for (const as of [anonymous, participantOf('ncm:d2'), readerOf('ncm', 'coordinator')])
      expect(await say('ncm:d1', as)).toMatchObject(forbidden);
    await say('ncm:d1', participantOf('ncm:d1'));
    const nominee = await say('ncm:d3', participantOf('ncm:d3'));
    expect(nominee).toMatchObject({ rule: 'NOT_MEMBER', argument: 'input.delegate' });
    const fields = 'formalities(group: "nbnp:g") { status note saidNote version }';
    const read = async () =>
      (await offices.partner.read(`{ delegate(id: "ncm:d1") { ${fields} } }`)) as unknown;
    const { note } = visa;
    const said = { status: 'REQUESTED', note, saidNote: 'Here it is.', version: 2 };
    expect(await read()).toEqual({ delegate: { formalities: [said] } });
    await offices.call('recordDelegateFormality', { ...visa, status: 'RECEIVED' });
    const recorded = { ...said, status: 'RECEIVED', saidNote: null, version: 3 };
    expect(await read()).toEqual({ delegate: { formalities: [recorded] } });
    const settled = await say('ncm:d1', participantOf('ncm:d1'));
    expect(settled).toMatchObject({ rule: 'ALREADY_DECIDED', argument: 'input.kind' });
  });
});
