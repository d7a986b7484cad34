import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  away,
  north,
  openTestVisits,
  south,
  type TestHub,
  type TestVisits,
} from '../testing/test-visits.js';

type Confirmations = (stop: ItineraryStop) => object;

/** The network’s stops with their hosts’ data, limited to the selection. */
const stopsWith =
  (confirmations: Confirmations): TestHub[string] =>
  async ({ id }, { source }: TestVisits, query) => {
    const stops = await source.manager.findBy(ItineraryStop, { visitId: String(id) });
    const isAsked = ([field]: [string, unknown]) => query.includes(field);
    const answers = stops.map((stop) => ({ ...stop, ...confirmations(stop) }));
    return {
      visit: {
        stops: answers.map((stop) => Object.fromEntries(Object.entries(stop).filter(isAsked))),
      },
    };
  };

/** Each host confirms its own stops, and has no data about other countries’ stops. */
const confirmed = stopsWith(({ hostOwner, version }) =>
  hostOwner === 'ncm'
    ? { hostConfirmedVersion: null, officeConfirmedVersion: version }
    : { hostConfirmedVersion: version, officeConfirmedVersion: 0 },
);

const ready = {
  delegateCount: 2,
  delegatesSelectedOn: '2030-02-10',
  delegatesBriefedOn: '2030-04-30',
};

const willing = (delegates: object = ready): TestHub => ({
  DelegatesReady: () => ({ group: delegates }),
  StopsToConfirm: confirmed,
});

const depart = { id: south.visit, on: '2030-05-05', version: 1 };
const departNorth = { ...depart, id: north.visit };

describe.each(testDatabases)('Mutation.recordDeparture on $name', (kind) => {
  it('records the day, which may differ from the plan, and raises the visit’s version', async () => {
    await using network = await openTestVisits(kind, willing());
    const selection = 'departedOn returnedOn startsOn version';
    expect(await network.done('recordDeparture', depart, selection)).toEqual({
      departedOn: '2030-05-05',
      returnedOn: null,
      startsOn: '2030-05-06',
      version: 2,
    });
    expect(network.asked).toEqual(['StopsToConfirm']);
    expect(await network.refusal('recordDeparture', depart)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
      argument: 'input.version',
    });
    const corrected = { ...depart, on: '2030-05-06', version: 2 };
    expect(await network.done('recordDeparture', corrected, 'departedOn version')).toEqual({
      departedOn: '2030-05-06',
      version: 3,
    });
  });

  it('asks the offices of a group from North-West Russia, and the hosts of its stops', async () => {
    await using network = await openTestVisits(kind, willing());
    await network.done('recordDeparture', departNorth);
    expect(network.asked).toEqual(['DelegatesReady', 'StopsToConfirm']);
  });

  it.each([
    ['the offices for their stops', ['ncm'], ['officeConfirmedVersion']],
    ['the polices for theirs', ['fi', 'ee'], ['hostConfirmedVersion']],
    ['the network for its own', ['nbnp'], ['networkConfirmedVersion']],
    ['both if it goes to both', ['fi', 'ncm'], ['hostConfirmedVersion', 'officeConfirmedVersion']],
  ])('asks %s, and no organisation without a stop', async (_, owners, fields) => {
    const asked: string[] = [];
    await using network = await openTestVisits(kind, {
      StopsToConfirm(variables, opened, query) {
        asked.push(...(query.match(/\w+ConfirmedVersion/g) ?? []));
        return confirmed?.(variables, opened, query);
      },
    });
    await network.source.manager.delete(ItineraryStop, { visitId: south.visit });
    for (const hostOwner of owners) {
      await network.insert(ItineraryStop, {
        id: `nbnp:stop-of-${hostOwner}`,
        visitId: south.visit,
        hostCountry: 'RU',
        hostOwner,
        networkConfirmedVersion: hostOwner === 'nbnp' ? 1 : 0,
        day: '2030-05-07',
        title: 'A stop',
        sector: 'POLICE',
      });
    }
    await network.done('recordDeparture', depart);
    expect(asked).toEqual(fields);
  });

  it('names the host that did not confirm a stop: the offices in Russia', async () => {
    const silent = stopsWith(() => ({ hostConfirmedVersion: null, officeConfirmedVersion: null }));
    await using network = await openTestVisits(kind, { StopsToConfirm: silent });
    expect(await network.refusal('recordDeparture', depart)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ncm',
    });
  });

  it('lets a group depart on a visit without stops, without a request to a host', async () => {
    await using network = await openTestVisits(kind);
    await network.source.manager.delete(ItineraryStop, { visitId: south.visit });
    await network.done('recordDeparture', depart);
    expect(network.asked).toEqual([]);
  });

  it.each([
    ['NOT_SELECTED', { ...ready, delegateCount: 1 }, 'input.id'],
    ['NOT_SELECTED', { ...ready, delegateCount: 1, delegatesBriefedOn: null }, 'input.id'],
    ['NOT_BRIEFED', { ...ready, delegatesBriefedOn: null }, 'input.id'],
    ['DATE_ORDER', { ...ready, delegatesBriefedOn: '2030-05-06' }, 'input.on'],
    ['DATE_ORDER', { ...ready, delegatesSelectedOn: '2030-05-06' }, 'input.on'],
  ])(
    'refuses delegates by %s, even if other partners are unavailable: %j',
    async (rule, delegates, argument) => {
      const hub = { ...willing(delegates), StopsToConfirm: away('fi') };
      await using network = await openTestVisits(kind, hub);
      const refused = await network.refusal('recordDeparture', departNorth);
      expect(refused).toMatchObject({ code: 'RULE_VIOLATED', rule, argument });
    },
  );

  it.each([
    ['DATE_ORDER', { on: '2030-02-09' }, 'input.on'],
    ['OUTSIDE_PROGRAMME', { on: '2031-07-01' }, 'input.on'],
  ])('refuses officers by %s: %j', async (rule, change, argument) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('recordDeparture', { ...depart, ...change });
    expect(refused).toMatchObject({ code: 'RULE_VIOLATED', rule, argument });
  });

  it.each(['2030-05-04', '2030-05-11'])('may be on %s', async (on) => {
    await using network = await openTestVisits(kind, willing());
    await network.done('recordDeparture', { ...depart, on });
  });

  it.each([
    ['more than two days before the visit’s first day', '2030-05-03'],
    ['after its last day', '2030-05-12'],
  ])('is refused %s', async (_, on) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('recordDeparture', { ...depart, on });
    expect(refused).toMatchObject({ rule: 'DATE_ORDER', argument: 'input.on' });
  });

  it('refuses officers by NOT_SELECTED once one of the fewest is released', async () => {
    await using network = await openTestVisits(kind);
    await network.update(OfficerNomination, 'dk:officer-1-for-south', { declinedOn: '2030-03-01' });
    expect(await network.refusal('recordDeparture', depart)).toMatchObject({
      rule: 'NOT_SELECTED',
      argument: 'input.id',
      count: 1,
      expected: 2,
    });
  });

  it.each([
    ['nobody has confirmed', () => ({ hostConfirmedVersion: 0, officeConfirmedVersion: 0 })],
    [
      'was moved since',
      ({ version }) => ({
        hostConfirmedVersion: version - 1,
        officeConfirmedVersion: version - 1,
      }),
    ],
    [
      'an organisation confirmed that does not host it',
      ({ hostOwner, version }) =>
        hostOwner === 'ncm'
          ? { hostConfirmedVersion: version, officeConfirmedVersion: 0 }
          : { hostConfirmedVersion: 0, officeConfirmedVersion: version },
    ],
  ] satisfies [string, Confirmations][])(
    'refuses by UNCONFIRMED_STOP a stop that %s',
    async (_, confirmations) => {
      await using network = await openTestVisits(kind, {
        ...willing(),
        StopsToConfirm: stopsWith(confirmations),
      });
      for (const input of [depart, departNorth]) {
        const refused = await network.refusal('recordDeparture', input);
        expect(refused).toMatchObject({ rule: 'UNCONFIRMED_STOP', argument: 'input.id' });
      }
    },
  );

  it.each([
    [
      'added',
      ({ insert }: TestVisits) =>
        insert(ItineraryStop, {
          id: 'nbnp:new',
          visitId: south.visit,
          hostCountry: 'RU',
          day: '2030-05-08',
          title: 'New',
          sector: 'NGO',
        }),
    ],
    ['moved', ({ update }: TestVisits) => update(ItineraryStop, south.stop, { version: 2 })],
    [
      'removed',
      ({ source }: TestVisits) => source.manager.delete(ItineraryStop, { id: south.stop }),
    ],
  ])('refuses by CONFLICT where a stop is %s after its host was asked', async (_, meanwhile) => {
    await using network = await openTestVisits(kind, {
      async StopsToConfirm(variables, network, query) {
        const answer: unknown = await confirmed?.(variables, network, query);
        await meanwhile(network);
        return answer;
      },
    });
    const { errors } = await network.change('recordDeparture', depart);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    expect(await network.source.manager.findOneBy(Visit, { id: south.visit })).toMatchObject({
      departedOn: null,
      version: 1,
    });
  });

  it.each([
    ['DelegatesReady', 'ncm'],
    ['StopsToConfirm', 'fi'],
  ])('writes nothing while %s gets no response from %s', async (question, partner) => {
    await using network = await openTestVisits(kind, { ...willing(), [question]: away(partner) });
    const refused = await network.refusal('recordDeparture', departNorth);
    expect(refused).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner });
  });

  it('does not treat a missing response as a confirmation', async () => {
    const nothing = stopsWith(() => ({ hostConfirmedVersion: null, officeConfirmedVersion: null }));
    await using network = await openTestVisits(kind, { ...willing(), StopsToConfirm: nothing });
    expect(await network.refusal('recordDeparture', departNorth)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'fi',
    });
  });

  it.each([{ visit: null }, { visit: { stops: null } }])(
    'writes nothing if the stops are missing and no partner is named: %j',
    async (answer) => {
      await using network = await openTestVisits(kind, { StopsToConfirm: () => answer });
      expect(await network.refusal('recordDeparture', depart)).toMatchObject({
        code: 'PARTNER_UNAVAILABLE',
        partner: 'hub',
      });
    },
  );

  it('refuses by RETURNED and by CANCELLED, and an unknown visit, without a request', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Visit, south.visit, { departedOn: depart.on, returnedOn: '2030-05-11' });
    expect(await network.refusal('recordDeparture', depart)).toMatchObject({ rule: 'RETURNED' });
    await network.update(Group, south.group, { cancelledOn: '2030-05-06' });
    expect(await network.refusal('recordDeparture', depart)).toMatchObject({ rule: 'CANCELLED' });
    expect(
      await network.refusal('recordDeparture', { ...depart, id: 'nbnp:unheard-of' }),
    ).toMatchObject({ code: 'NOT_FOUND', argument: 'input.id' });
    expect(network.asked).toEqual([]);
  });
});
