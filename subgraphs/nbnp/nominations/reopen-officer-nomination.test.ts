import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { away, openTestVisits, reserve, south } from '../testing/test-visits.js';

const declined = { ...reserve, acceptedOn: null, reserve: false, declinedOn: '2030-02-01' };
const released = { ...declined, acceptedOn: '2030-01-20' };
const input = { group: south.group, nomination: reserve.id, decisionVersion: 1 };
const nomination = {
  id: reserve.id,
  groupId: south.group,
  withdrawnOn: null,
  hasFormalities: false,
};

const asked = {
  NominationsOf: () => ({
    officer: {
      targetGroup: 'POLICE',
      nominations: [{ ...nomination, nominatedOn: '2030-01-15', version: 1 }],
    },
  }),
};
const answer = (nominations: readonly object[] = [nomination]) => ({
  NominationToReopen: () => ({ officer: { nominations } }),
});
const decisionOf = `query ($id: ID!) {
  _entities(representations: [{ __typename: "OfficerNomination", id: $id }]) {
    ... on OfficerNomination { acceptedOn reserve declinedOn decisionVersion replaces { id } }
  }
}`;
const violated = (rule: string) => ({ code: 'RULE_VIOLATED', rule, argument: 'input.nomination' });

describe.each(testDatabases)('Mutation.reopenOfficerNomination on $name', (kind) => {
  it.each([
    ['declined', declined],
    ['released', released],
    ['accepted as a reserve', reserve],
  ])('makes the nomination of an officer who was %s pending again', async (_what, row) => {
    await using network = await openTestVisits(kind, answer());
    await network.insert(OfficerNomination, row);
    const fields = 'version declinedNominations { id }';
    expect(await network.done('reopenOfficerNomination', input, fields)).toEqual({
      version: 2,
      declinedNominations: [],
    });
    expect(await network.read(decisionOf, { id: row.id })).toEqual({
      _entities: [
        { acceptedOn: null, reserve: null, declinedOn: null, replaces: null, decisionVersion: 2 },
      ],
    });
    const { networkChanges } = await network.read('{ networkChanges { nodes { mutation } } }');
    expect(JSON.stringify(networkChanges)).toContain('reopenOfficerNomination');
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind, answer());
    const refusal = (more: object = {}) =>
      network.refusal('reopenOfficerNomination', { ...input, ...more });
    expect(await refusal()).toMatchObject({ code: 'NOT_FOUND', argument: 'input.nomination' });
    await network.insert(OfficerNomination, declined);
    expect(await refusal({ decisionVersion: 2 })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
    });
    expect(await refusal({ group: 'nbnp:south-2' })).toMatchObject({
      code: 'NOT_FOUND',
      argument: 'input.nomination',
    });
    const member = { nomination: 'dk:officer-1-for-south' };
    expect(await refusal(member)).toMatchObject(violated('ACCEPTED'));
    await network.update(OfficerNomination, member.nomination, { replacesId: reserve.id });
    expect(await refusal()).toMatchObject(violated('REFERRED_TO'));
    await network.update(OfficerNomination, member.nomination, { replacesId: null });
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await refusal()).toMatchObject({ rule: 'DEPARTED', argument: 'input.group' });
  });

  it.each([
    ['WITHDRAWN', declined, answer([{ ...nomination, withdrawnOn: '2030-02-02' }])],
    ['ALREADY_NOMINATED', declined, answer([nomination, { ...nomination, id: 'se:again' }])],
    ['REFERRED_TO', reserve, answer([{ ...nomination, hasFormalities: true }])],
  ])('refuses by %s what her police force recorded', async (rule, row, hub) => {
    await using network = await openTestVisits(kind, hub);
    await network.insert(OfficerNomination, row);
    expect(await network.refusal('reopenOfficerNomination', input)).toMatchObject(violated(rule));
    expect(await network.read(decisionOf, { id: row.id })).toMatchObject({
      _entities: [{ decisionVersion: 1 }],
    });
  });

  it.each([
    ['declined', declined, true],
    ['declined, of whose formalities nothing may be read', declined, null],
  ])('reopens a nominee who was %s, whatever was recorded before', async (_what, row, recorded) => {
    const hub = answer([{ ...nomination, hasFormalities: recorded }]);
    await using network = await openTestVisits(kind, hub);
    await network.insert(OfficerNomination, row);
    await network.done('reopenOfficerNomination', input);
  });

  it('refuses a reserve while nobody knows her formalities', async () => {
    const hub = answer([{ ...nomination, hasFormalities: null }]);
    await using network = await openTestVisits(kind, hub);
    await network.insert(OfficerNomination, reserve);
    expect(await network.refusal('reopenOfficerNomination', input)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'se',
    });
  });

  it('makes a decision of before a CONFLICT, also after she is declined again', async () => {
    await using network = await openTestVisits(kind, { ...answer(), ...asked });
    await network.insert(OfficerNomination, declined);
    const { officerId: officer, groupId: group, id: nomination } = declined;
    const decision = { group, officer, nomination, on: '2030-02-02', version: 1 };
    const stale = (decisionVersion: number) => ({
      code: 'CONFLICT',
      currentVersion: decisionVersion,
    });
    await network.done('reopenOfficerNomination', input);
    for (const mutation of ['acceptOfficer', 'declineOfficer'])
      for (const decisionVersion of [0, 1])
        expect(await network.refusal(mutation, { ...decision, decisionVersion })).toMatchObject(
          stale(2),
        );
    const again = await network.refusal('reopenOfficerNomination', {
      ...input,
      decisionVersion: 2,
    });
    expect(again).toMatchObject(violated('NOT_DECIDED'));
    await network.done('declineOfficer', { ...decision, decisionVersion: 2 });
    expect(await network.refusal('reopenOfficerNomination', input)).toMatchObject(stale(3));
    await network.done('reopenOfficerNomination', { ...input, decisionVersion: 3 });
    await network.done('acceptOfficer', { ...decision, decisionVersion: 4 });
  });

  it('is written once if two people reopen at once', async () => {
    await using network = await openTestVisits(kind, answer());
    await network.insert(OfficerNomination, declined);
    const both = [1, 2].map(() => network.change('reopenOfficerNomination', input));
    const codes = (await Promise.all(both)).map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.toSorted()).toEqual(['CONFLICT', undefined]);
  });

  it('refuses while her police force is unavailable', async () => {
    await using network = await openTestVisits(kind, { NominationToReopen: away('se') });
    await network.insert(OfficerNomination, declined);
    expect(await network.refusal('reopenOfficerNomination', input)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
    });
  });
});
