import { HubError } from '@hub/shared/errors';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import {
  away,
  north,
  openTestVisits,
  type TestHub,
  type TestVisits,
} from '../testing/test-visits.js';

const stop = {
  visit: north.visit,
  hostCountry: 'FI',
  day: '2030-05-07',
  title: 'A shelter',
  sector: 'NGO',
};

describe.each(testDatabases)('the site of a new stop on $name', (kind) => {
  it.each([
    [{ closedOn: '2030-05-06' }, 'CLOSED'],
    [{ closedOn: '2029' }, 'CLOSED'],
    [{ closedOn: '2030-04' }, 'CLOSED'],
    [{ closedOn: '2030-05' }, undefined],
    [{ closedOn: '2030-05-07' }, undefined],
    [{ closedOn: null }, undefined],
    [{}, undefined],
  ])('asks whether the site is open on the day of the stop: %j', async (facts, rule) => {
    const answer = () => ({ sites: [{ id: 'fi:site', ...facts }] });
    await using network = await openTestVisits(kind, { SitesOfCountry: answer });
    const planned = { ...stop, site: 'fi:site' };
    const refusal = { code: 'RULE_VIOLATED', rule, argument: 'input.site' };
    if (rule) expect(await network.refusal('addItineraryStop', planned)).toMatchObject(refusal);
    else await network.done('addItineraryStop', planned);
  });

  it('asks a hub or an owner of an earlier version for what it knows', async () => {
    const earlier = (_variables: unknown, _network: unknown, query: string) => {
      if (query.includes('closedOn')) throw new HubError('PARTNER_LACKS_FIELD', { partner: 'hub' });
      return { sites: [{ id: 'fi:site' }] };
    };
    await using network = await openTestVisits(kind, { SitesOfCountry: earlier });
    await network.done('addItineraryStop', { ...stop, site: 'fi:site' });
    expect(network.asked).toEqual(['SitesOfCountry', 'SitesOfCountry']);
  });
});

describe.each(testDatabases)('the site of a stop that is moved on $name', (kind) => {
  const closing = (closedOn: string): TestHub => ({
    SitesOfCountry: () => ({ sites: [{ id: 'fi:site', closedOn }] }),
  });
  const to = { stop: north.stop, day: '2030-05-09', from: '10:00', to: '15:00', version: 1 };
  const atSite = (network: TestVisits, more: Partial<ItineraryStop> = {}) =>
    network.update(ItineraryStop, north.stop, { siteId: 'fi:site', ...more });

  it('must be open on the new day', async () => {
    await using network = await openTestVisits(kind, closing('2030-05-08'));
    await atSite(network);
    const refusal = { code: 'RULE_VIOLATED', rule: 'CLOSED', argument: 'input.stop' };
    expect(await network.refusal('moveItineraryStop', to)).toMatchObject(refusal);
    await network.done('moveItineraryStop', { ...to, day: '2030-05-08' });
  });

  it('is not asked about for fewer hours of the same day, unless the stop was not held', async () => {
    await using network = await openTestVisits(kind, closing('2029'));
    await atSite(network);
    const fewer = { ...to, day: '2030-05-07', to: '14:00' };
    await network.done('moveItineraryStop', fewer);
    expect(network.asked).toEqual([]);
    await atSite(network, { status: 'NOT_HELD' });
    const again = { ...fewer, version: 2 };
    expect(await network.refusal('moveItineraryStop', again)).toMatchObject({ rule: 'CLOSED' });
  });

  it('changes nothing while the owner of the site is unavailable', async () => {
    await using network = await openTestVisits(kind, { SitesOfCountry: away('fi') });
    await atSite(network);
    expect(await network.refusal('moveItineraryStop', to)).toMatchObject({ partner: 'fi' });
  });
});

describe.each(testDatabases)('the site of a stop that is resumed on $name', (kind) => {
  it.each([
    ['2030-05-06', 'CLOSED'],
    ['2030-05-07', undefined],
  ])('asks whether the site is open on the day of the stop: %s', async (closedOn, rule) => {
    await using network = await openTestVisits(kind, {
      SitesOfCountry: () => ({ sites: [{ id: 'fi:site', closedOn }] }),
    });
    await network.update(ItineraryStop, north.stop, { siteId: 'fi:site' });
    const off = { stop: north.stop, on: '2026-11-20', reason: 'Closed.', version: 1 };
    await network.done('callOffItineraryStop', off);
    const again = { stop: north.stop, version: 2 };
    const refusal = { code: 'RULE_VIOLATED', rule, argument: 'input.stop' };
    if (rule) expect(await network.refusal('resumeItineraryStop', again)).toMatchObject(refusal);
    else await network.done('resumeItineraryStop', again);
  });
});
