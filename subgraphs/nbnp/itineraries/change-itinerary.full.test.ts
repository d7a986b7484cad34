import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { away, north, openTestVisits, south, week, type TestHub } from '../testing/test-visits.js';

const sites: TestHub = {
  SitesOfCountry: ({ country }) => ({ sites: country === 'FI' ? [{ id: 'fi:site' }] : [] }),
  SitesOfOffices: () => ({ sites: [{ id: 'ncm:site' }] }),
};

const stop = {
  visit: north.visit,
  hostCountry: 'FI',
  day: week.startsOn,
  from: '09:00',
  to: '09:00',
  title: 'A shelter',
  sector: 'NGO',
};

const place = {
  address: 'Example Street 1',
  meetingPoint: 'The main entrance',
  contactOnTheSpot: 'The reception, +000 1',
  note: 'Bring the passports.',
};

describe.each(testDatabases)('Mutation.addItineraryStop on $name', (kind) => {
  it('adds a stop that its host must confirm, without a request if it names no site', async () => {
    await using network = await openTestVisits(kind);
    const selection =
      'hostCountry day from to title sector address meetingPoint contactOnTheSpot note status statusReason siteContact siteContactOn version site { id } visit { id version }';
    const { visit, ...planned } = { ...stop, ...place };
    expect(await network.done('addItineraryStop', { ...stop, ...place }, selection)).toEqual({
      ...planned,
      status: 'PLANNED',
      statusReason: null,
      siteContact: null,
      siteContactOn: null,
      version: 1,
      site: null,
      visit: { id: visit, version: 1 },
    });
    expect(await network.source.manager.countBy(ItineraryStop, { visitId: visit })).toBe(2);
    expect(network.asked).toEqual([]);
  });

  it.each([
    ['SitesOfCountry', { site: 'fi:site' }, 'NationalSite'],
    ['SitesOfOffices', { site: 'ncm:site', hostCountry: 'RU' }, 'RegionalSite'],
  ])(
    'accepts a site that its owner has, and asks only the owner: %s',
    async (question, change, type) => {
      await using network = await openTestVisits(kind, sites);
      const { site } = await network.done(
        'addItineraryStop',
        { ...stop, ...change },
        'site { __typename id }',
      );
      expect(site).toEqual({ __typename: type, id: change.site });
      expect(network.asked).toEqual([question]);
    },
  );

  it.each([
    [{ site: 'fi:unheard-of' }, 1],
    [{ site: 'ncm:unheard-of', hostCountry: 'RU' }, 1],
    [{ site: 'nbnp:site' }, 0],
    [{ site: 'site' }, 0],
    [{ site: '' }, 0],
  ])('refuses the unknown site of %j', async (change, questions) => {
    await using network = await openTestVisits(kind, sites);
    const refused = await network.refusal('addItineraryStop', { ...stop, ...change });
    expect(refused).toMatchObject({ code: 'NOT_FOUND', argument: 'input.site' });
    expect(network.asked).toHaveLength(questions);
  });

  it.each([
    ['SITE_ELSEWHERE', { site: 'ncm:site' }, 'input.site'],
    ['SITE_ELSEWHERE', { site: 'ee:site' }, 'input.site'],
    ['SITE_ELSEWHERE', { site: 'fi:site', hostCountry: 'RU' }, 'input.site'],
    ['HOST_COUNTRY', { hostCountry: 'EE' }, 'input.hostCountry', { situation: 'STOP_ABROAD' }],
    ['OUTSIDE_VISIT', { day: '2030-05-05' }, 'input.day'],
    ['OUTSIDE_VISIT', { day: '2030-05-12' }, 'input.day'],
  ])('refuses by %s: %j', async (rule, change, argument, more: object = {}) => {
    await using network = await openTestVisits(kind, sites);
    const refused = await network.refusal('addItineraryStop', { ...stop, ...change });
    expect(refused).toMatchObject({ code: 'RULE_VIOLATED', rule, argument, ...more });
    expect(network.asked).toEqual([]);
  });

  it.each([
    [{ title: '' }, 'input.title'],
    [{ from: ' ' }, 'input.from'],
    [{ to: 'a\0b' }, 'input.to'],
    [{ address: ' ' }, 'input.address'],
    [{ note: '' }, 'input.note'],
    [{ from: '10:00', to: '09:59' }, 'input.to'],
  ])('refuses the invalid stop %j', async (change, argument) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('addItineraryStop', { ...stop, ...change });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it('accepts times as free text', async () => {
    await using network = await openTestVisits(kind);
    const words = { from: '14:00', to: 'evening' };
    const added = await network.done('addItineraryStop', { ...stop, ...words }, 'from to');
    expect(added).toEqual(words);
  });

  it('writes nothing while the owner of the site is unavailable', async () => {
    await using network = await openTestVisits(kind, { SitesOfCountry: away('fi') });
    const refused = await network.refusal('addItineraryStop', { ...stop, site: 'fi:site' });
    expect(refused).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: 'fi' });
  });

  it('adds once for each idempotency key, even if the site’s owner has become unavailable', async () => {
    const gone = { is: false };
    await using network = await openTestVisits(kind, {
      SitesOfCountry: () => (gone.is ? away('fi')() : { sites: [{ id: 'fi:site' }] }),
    });
    const keyed = { ...stop, site: 'fi:site', idempotencyKey: 'k' };
    const { id } = await network.done('addItineraryStop', keyed);
    gone.is = true;
    expect(await network.done('addItineraryStop', keyed)).toEqual({ id });
    expect(
      await network.refusal('addItineraryStop', { ...keyed, day: '2030-05-08' }),
    ).toMatchObject({ code: 'CONFLICT', argument: 'input.idempotencyKey', currentVersion: 1 });
  });

  it('shows each added stop in the response to the next mutation of the document', async () => {
    await using network = await openTestVisits(kind);
    const { data } = await network.ask(
      `mutation ($input: AddItineraryStopInput!) {
        one: addItineraryStop(input: $input) { visit { stops { id } } }
        two: addItineraryStop(input: $input) { visit { stops { id } } } }`,
      { input: stop },
    );
    expect(data).toMatchObject({ one: { visit: { stops: [{}, {}] } } });
    expect(data).toMatchObject({ two: { visit: { stops: [{}, {}, {}] } } });
  });
});

const move = { stop: south.stop, day: '2030-05-11', from: '11:00', version: 1 };

describe.each(testDatabases)('Mutation.moveItineraryStop on $name', (kind) => {
  it('plans a stop again that was not held', async () => {
    await using network = await openTestVisits(kind);
    const change = { status: 'NOT_HELD', statusReason: 'Late.' };
    await network.update(ItineraryStop, south.stop, change);
    expect(await network.done('moveItineraryStop', move, 'status statusReason')).toEqual({
      status: 'PLANNED',
      statusReason: null,
    });
  });

  it('moves a stop: its next version is unconfirmed, and the visit stays the same', async () => {
    await using network = await openTestVisits(kind);
    const moved = await network.done(
      'moveItineraryStop',
      move,
      'day from to version visit { version }',
    );
    expect(moved).toEqual({
      day: '2030-05-11',
      from: '11:00',
      to: null,
      version: 2,
      visit: { version: 1 },
    });
    expect(await network.refusal('moveItineraryStop', move)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
      argument: 'input.version',
    });
  });

  it('refuses a day outside the visit, an end before the start, and an unknown stop', async () => {
    await using network = await openTestVisits(kind);
    const refuse = (change: object) => network.refusal('moveItineraryStop', { ...move, ...change });
    expect(await refuse({ day: '2030-05-12' })).toMatchObject({
      rule: 'OUTSIDE_VISIT',
      argument: 'input.day',
    });
    expect(await refuse({ to: '10:59' })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await refuse({ stop: 'a\0b' })).toMatchObject({
      code: 'NOT_FOUND',
      argument: 'input.stop',
    });
  });
});

/** The host’s response before a stop is removed. */
const confirmedBy = (versions: object | null): TestHub => ({
  StopToRemove: () => ({ itineraryStop: versions }),
});

describe.each(testDatabases)('Mutation.removeItineraryStop on $name', (kind) => {
  it('removes a stop from its visit, once', async () => {
    await using network = await openTestVisits(kind, confirmedBy({ officeConfirmedVersion: 0 }));
    const remove = { stop: south.stop, version: 1 };
    expect(await network.refusal('removeItineraryStop', { ...remove, version: 2 })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
    });
    const visit = await network.done('removeItineraryStop', remove, 'id stops { id }');
    expect(visit).toEqual({ id: south.visit, stops: [] });
    expect(await network.refusal('removeItineraryStop', remove)).toMatchObject({
      code: 'NOT_FOUND',
      argument: 'input.stop',
    });
  });

  it.each([
    ['police force', north.stop, { hostConfirmedVersion: 1 }],
    ['office', south.stop, { officeConfirmedVersion: 1 }],
  ])(
    'refuses by CONFIRMED a stop that its %s has confirmed, even an earlier version',
    async (_, id, versions) => {
      await using network = await openTestVisits(kind, confirmedBy(versions));
      await network.update(ItineraryStop, id, { version: 2, planVersion: 2 });
      expect(await network.refusal('removeItineraryStop', { stop: id, version: 2 })).toMatchObject({
        code: 'RULE_VIOLATED',
        rule: 'CONFIRMED',
        argument: 'input.stop',
      });
    },
  );

  it('needs the host of the stop', async () => {
    const remove = { stop: north.stop, version: 1 };
    for (const answer of [{ hostConfirmedVersion: null }, null]) {
      await using network = await openTestVisits(kind, confirmedBy(answer));
      expect(await network.refusal('removeItineraryStop', remove)).toMatchObject({
        code: 'PARTNER_UNAVAILABLE',
        partner: 'fi',
      });
    }
  });
});

describe.each(testDatabases)('RETURNED and CANCELLED on $name', (kind) => {
  const changes = [
    ['addItineraryStop', { ...stop, visit: south.visit, hostCountry: 'RU' }],
    ['moveItineraryStop', move],
    ['removeItineraryStop', { stop: south.stop, version: 1 }],
    ['changeItineraryStop', { stop: south.stop, title: 'Another', version: 1 }],
    [
      'callOffItineraryStop',
      { stop: south.stop, on: week.startsOn, reason: 'Closed.', version: 1 },
    ],
  ] as const;

  it.each(changes)('stop %s; a departure does not', async (name, input) => {
    await using network = await openTestVisits(kind, confirmedBy({ officeConfirmedVersion: 0 }));
    await network.update(Visit, south.visit, {
      departedOn: week.startsOn,
      returnedOn: week.endsOn,
    });
    expect(await network.refusal(name, input)).toMatchObject({ rule: 'RETURNED' });
    await network.update(Group, south.group, { cancelledOn: week.startsOn });
    expect(await network.refusal(name, input)).toMatchObject({ rule: 'CANCELLED' });
    await network.update(Group, south.group, { cancelledOn: null });
    await network.update(Visit, south.visit, { returnedOn: null });
    await network.done(name, input);
  });
});
