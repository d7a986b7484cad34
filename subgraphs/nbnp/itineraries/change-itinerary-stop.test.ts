import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { away, north, openTestVisits, south, type TestHub } from '../testing/test-visits.js';

const sites: TestHub = {
  SitesOfCountry: () => ({ sites: [{ id: 'fi:site' }] }),
  SitesOfOffices: () => ({ sites: [{ id: 'ncm:site' }] }),
};

const place = {
  address: 'Example Street 1',
  city: 'Tampere',
  meetingPoint: 'The main entrance',
  contactOnTheSpot: 'The reception, +000 1',
  note: 'Bring the passports.',
};
const change = { stop: north.stop, version: 1 };
const selection =
  'title sector address city meetingPoint contactOnTheSpot note day from to status version site { id }';

describe.each(testDatabases)('Mutation.changeItineraryStop on $name', (kind) => {
  it('changes what is given, keeps the rest, and null removes a value', async () => {
    await using network = await openTestVisits(kind, sites);
    const given = { title: 'The academy', sector: 'SOCIAL', site: 'fi:site', ...place };
    const changed = {
      ...given,
      site: { id: 'fi:site' },
      day: '2030-05-07',
      from: '10:00',
      to: '15:00',
      status: 'PLANNED',
      version: 2,
    };
    expect(await network.done('changeItineraryStop', { ...change, ...given }, selection)).toEqual(
      changed,
    );
    const removed = { ...change, site: null, note: null, version: 2 };
    expect(await network.done('changeItineraryStop', removed, selection)).toEqual({
      ...changed,
      site: null,
      note: null,
      version: 3,
    });
    expect(network.asked).toEqual(['SitesOfCountry']);
  });

  it('makes a plan that the host must confirm again', async () => {
    await using network = await openTestVisits(kind);
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ItineraryStop { confirmed } } }`;
    const isConfirmed = async (hostConfirmedVersion: number) => {
      const confirmations = { hostConfirmedVersion, officeConfirmedVersion: 0 };
      const representation = { __typename: 'ItineraryStop', id: north.stop, ...confirmations };
      const { data } = await network.ask(query, { representations: [representation] });
      return data?.['_entities'];
    };
    expect(await isConfirmed(1)).toEqual([{ confirmed: true }]);
    await network.done('changeItineraryStop', { ...change, address: 'A street' });
    expect(await isConfirmed(1)).toEqual([{ confirmed: false }]);
    const asked = { stop: north.stop, status: 'ASKED', on: '2030-01-10', version: 2 };
    await network.done('recordSiteContact', asked);
    // The contact with the site is recorded as version 3, and the plan is still that of version 2.
    expect(await isConfirmed(2)).toEqual([{ confirmed: true }]);
  });

  it.each([
    [{ title: null }, { code: 'BAD_USER_INPUT', argument: 'input.title' }],
    [{ sector: null }, { code: 'BAD_USER_INPUT', argument: 'input.sector' }],
    [{ title: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.title' }],
    [{ address: '' }, { code: 'BAD_USER_INPUT', argument: 'input.address' }],
    [{ stop: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.stop' }],
    [{ site: 'fi:unheard-of' }, { code: 'NOT_FOUND', argument: 'input.site' }],
    [{ site: 'ncm:site' }, { rule: 'SITE_ELSEWHERE', argument: 'input.site' }],
    [{ version: 2 }, { code: 'CONFLICT', currentVersion: 1, argument: 'input.version' }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await openTestVisits(kind, sites);
    const refused = await network.refusal('changeItineraryStop', { ...change, ...more });
    expect(refused).toMatchObject(refusal);
  });

  it('writes nothing while the owner of a new site is unavailable', async () => {
    await using network = await openTestVisits(kind, { SitesOfCountry: away('fi') });
    const refused = await network.refusal('changeItineraryStop', { ...change, site: 'fi:site' });
    expect(refused).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: 'fi' });
  });

  it('changes no stop that was called off', async () => {
    await using network = await openTestVisits(kind);
    await network.update(ItineraryStop, south.stop, { status: 'CALLED_OFF' });
    for (const [name, more] of [
      ['changeItineraryStop', { title: 'Another' }],
      ['moveItineraryStop', { day: '2030-05-08' }],
      ['removeItineraryStop', {}],
      ['callOffItineraryStop', { on: '2030-05-01', reason: 'Closed.' }],
      ['recordStopHeld', { held: true }],
      ['recordSiteContact', { status: 'ASKED', on: '2030-01-10' }],
    ] as const) {
      const refused = await network.refusal(name, { stop: south.stop, version: 1, ...more });
      expect(refused, name).toMatchObject({ rule: 'CANCELLED', argument: 'input.stop' });
    }
  });
});
