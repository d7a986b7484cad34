import { anonymous, type Reader } from '@hub/shared/identity';
import { participantOf, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { InformationRead, Visit } from '../entities/visit.entity.js';
import { readersOf } from '../testing/test-outcomes.js';
import {
  away,
  north,
  openTestVisits,
  reserve,
  south,
  type TestHub,
} from '../testing/test-visits.js';

const danish = 'dk:officer-1';
const finnish = 'fi:officer-1';
const delegate = 'ncm:d1';

const inputOf = (person: string, visit = south.visit) => ({
  visit,
  participant: person,
  informationVersion: 1,
});

const visits = [{ returnedOn: null, cancelledOn: null }];

const offices: TestHub = {
  DelegatesOf: () => ({ group: { delegates: [{ id: delegate }] } }),
  // Whose journey it is.
  PolicyFacts(_variables, _network, query) {
    const members = query.includes('acceptedOfficers') ? [danish, finnish] : [delegate];
    return { f0: { cancelledOn: null, visits, members: members.map((id) => ({ id })) } };
  },
};

async function openWithInformation(
  kind: Parameters<typeof openTestVisits>[0],
  hub: Parameters<typeof openTestVisits>[1] = offices,
) {
  const network = await openTestVisits(kind, hub);
  for (const { visit } of [north, south])
    await network.update(Visit, visit, { practicalInformation: 'Bring a coat.' });
  return network;
}

type Network = Awaited<ReturnType<typeof openWithInformation>>;

const say = (network: Network, person: string, visit?: string, change: object = {}) =>
  network.change(
    'acknowledgeInformation',
    { ...inputOf(person, visit), ...change },
    '__typename',
    participantOf(person),
  );

const reads = 'informationReadBy { participant { id } on isCurrent }';

async function readBy(network: Network, reader: Reader, visit = south.visit): Promise<unknown> {
  const { data, errors } = await network.ask(`{ visit(id: "${visit}") { ${reads} } }`, {}, reader);
  return errors?.map(({ extensions }) => extensions.code) ?? data?.['visit'];
}

describe.each(testDatabases)('Mutation.acknowledgeInformation on $name', (kind) => {
  it('notes who has read it, until it changes', async () => {
    await using network = await openWithInformation(kind);
    expect((await say(network, danish)).errors).toBeUndefined();
    expect((await say(network, delegate, north.visit)).errors).toBeUndefined();
    expect(network.asked).toContain('DelegatesOf');
    const officer = (isCurrent: boolean, on: string) => ({
      informationReadBy: [{ participant: { id: danish }, on, isCurrent }],
    });
    const today = (await network.source.manager.findOneByOrFail(InformationRead, {})).on;
    const nbnp = readerOf('nbnp', 'liaison');
    expect(await readBy(network, nbnp)).toEqual(officer(true, today));
    const title = { visit: south.visit, title: 'Another title', version: 1 };
    await network.done('changeVisit', title, 'informationVersion');
    const same = { ...title, practicalInformation: 'Bring a coat.', version: 2 };
    expect(await network.done('changeVisit', same, 'informationVersion')).toEqual({
      informationVersion: 1,
    });
    expect(await readBy(network, nbnp)).toEqual(officer(true, today));
    const other = { ...same, practicalInformation: 'Bring two coats.', version: 3 };
    expect(await network.done('changeVisit', other, 'informationVersion')).toEqual({
      informationVersion: 2,
    });
    expect(await readBy(network, nbnp)).toEqual(officer(false, today));
    expect((await say(network, danish)).errors?.[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
      argument: 'input.informationVersion',
    });
    await say(network, danish, south.visit, { informationVersion: 2 });
    expect(await readBy(network, nbnp)).toEqual(officer(true, today));
  });

  it.each([
    ['an officer of another group', danish, north.visit, {}, 'NOT_MEMBER'],
    ['a delegate of another group', 'ncm:d2', north.visit, {}, 'NOT_MEMBER'],
    ['a cancelled visit', danish, south.visit, { cancelledOn: '2030-01-01' }, 'CANCELLED'],
    ['a visit that is over', danish, south.visit, { returnedOn: '2030-05-11' }, 'RETURNED'],
  ])('refuses %s', async (_what, person, visit, change, rule) => {
    await using network = await openWithInformation(kind);
    await network.update(Visit, visit, { title: 'A week', ...change });
    const input = inputOf(person, visit);
    const refused = await network.refusal('acknowledgeInformation', input, participantOf(person));
    expect(refused).toMatchObject({ code: 'RULE_VIOLATED', rule });
  });

  it('refuses a reserve, information that is not written, and a visit that is not there', async () => {
    await using network = await openWithInformation(kind);
    await network.insert(OfficerNomination, reserve);
    const refuse = (person: string, visit?: string) =>
      network.refusal('acknowledgeInformation', inputOf(person, visit), participantOf(person));
    expect(await refuse(reserve.officerId)).toMatchObject({ rule: 'NOT_MEMBER' });
    expect(await refuse(danish, 'nbnp:nowhere')).toMatchObject({ code: 'NOT_FOUND' });
    await network.update(Visit, south.visit, { practicalInformation: null });
    expect(await refuse(danish)).toMatchObject({ code: 'CONFLICT', currentVersion: 0 });
  });

  it('needs the offices for a delegate', async () => {
    await using network = await openWithInformation(kind, { DelegatesOf: away('ncm') });
    const input = inputOf(delegate, north.visit);
    const refused = await network.refusal('acknowledgeInformation', input, participantOf(delegate));
    expect(refused).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: 'ncm' });
  });

  it('is for the member alone: not for her colleagues, nor for staff', async () => {
    await using network = await openWithInformation(kind);
    const others = [
      ...readersOf(['nbnp', 'dk', 'ncm']),
      ['another', participantOf(finnish)],
    ] as const;
    for (const [name, reader] of [...others, ['anonymous', anonymous]] as const) {
      const refused = await network.refusal('acknowledgeInformation', inputOf(danish), reader);
      expect(refused, name).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe.each(testDatabases)('Visit.informationReadBy on $name', (kind) => {
  it('shows the network’s staff all, staff and auditors their own people, and others nothing', async () => {
    await using network = await openWithInformation(kind);
    await say(network, danish);
    await say(network, finnish);
    for (const [name, reader] of readersOf(['nbnp', 'dk', 'ncm'])) {
      const [role = '', organisation = ''] = name.split(' of ');
      const mayRead = ['coordinator', 'liaison', 'service', 'auditor'].includes(role);
      // The network has no people of its own.
      const ofNetwork = role === 'auditor' ? [] : [danish, finnish];
      const shown = { nbnp: ofNetwork, dk: [danish], ncm: [] }[organisation] ?? [];
      const found = (await readBy(network, reader)) as {
        informationReadBy?: { participant: { id: string } }[];
      };
      if (mayRead)
        expect(
          found.informationReadBy?.map((one) => one.participant.id),
          name,
        ).toEqual(shown);
      else expect(found, name).toEqual(['FORBIDDEN']);
    }
  });
});
