import { HubError } from '@hub/shared/errors';
import { anonymous } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';
import { north, openTestVisits, week, type TestHub } from '../testing/test-visits.js';

const offer = (id: string, status: string, isPutBack = false) => ({ id, status, isPutBack });
type Offers = readonly ReturnType<typeof offer>[];
const hosted = { id: north.visit, hosts: [{ owner: 'fi' }, { owner: 'ncm' }] };

/** A hub that knows these offers for the visit to Finland and Russia, without one partner. */
const hubWith = (hostings: Offers, regionalHostings: Offers = [], missing?: string): TestHub => ({
  PolicyFacts(_variables, _network, query, options) {
    if (!query.includes('hostings')) return { f0: {} };
    if (missing !== undefined)
      options?.onMissing?.(new HubError('PARTNER_UNAVAILABLE', { partner: missing }), ['f0']);
    return { f0: { visits: [{ ...hosted, hostings, regionalHostings }] } };
  },
});

/** A hub that responds with these visits, because of an error. */
const hubWithout = (visits: unknown, error: HubError): TestHub => ({
  PolicyFacts(_variables, _network, asked, options) {
    if (!asked.includes('hostings')) return { f0: {} };
    options?.onMissing?.(error, ['f0']);
    return { f0: { visits } };
  },
});
const withNull = { ...hosted, hostings: null, regionalHostings: null };
const whole = { ...hosted, hostings: [], regionalHostings: [] };
const unavailable = (partner: string) => new HubError('PARTNER_UNAVAILABLE', { partner });

/** A month before the visit. */
const near = '2030-04-06T12:00:00Z';
const query = '{ group(id: "nbnp:north") { warnings { code subject owner dueOn } } }';
const warned = (code: string, subject: string, owner: string) => ({
  group: { warnings: [{ code, subject, owner, dueOn: week.startsOn }] },
});
const none = { group: { warnings: [] } };
const withdrawn = warned('HOSTING_WITHDRAWN', 'fi:2', 'nbnp');
const putBack = warned('HOSTING_PUT_BACK', 'fi:2', 'fi');

describe.each(testDatabases)('Group.warnings of hosts on $name', (kind) => {
  const open = async (hub: TestHub, now?: string) => {
    const network = await openTestVisits(kind, hub, now);
    await network.source.manager.delete(ExpertAssignment, { visitId: north.visit });
    return network;
  };

  it.each([
    ['nobody offered', [], none],
    ['an open offer', [offer('fi:2', 'OFFERED')], none],
    ['a confirmed offer', [offer('fi:2', 'CONFIRMED')], none],
    ['a withdrawn offer', [offer('fi:2', 'WITHDRAWN')], withdrawn],
    ['two withdrawn offers', [offer('fi:1', 'WITHDRAWN'), offer('fi:2', 'WITHDRAWN')], withdrawn],
    ['another offer', [offer('fi:1', 'WITHDRAWN'), offer('fi:2', 'OFFERED')], none],
    ['an offer for other days', [offer('fi:2', 'OFFERED', true)], putBack],
    ['another one too', [offer('fi:1', 'CONFIRMED'), offer('fi:2', 'OFFERED', true)], none],
    ['a withdrawal of no host', [offer('lv:2', 'WITHDRAWN')], none],
  ])('say what became of the offers: %s', async (_what, offers, expected) => {
    await using network = await open(hubWith(offers));
    expect(await network.read(query)).toEqual(expected);
    await network.update(Visit, north.visit, {
      departedOn: '2026-05-06',
      returnedOn: '2026-05-11',
    });
    const { data } = await network.ask(query);
    expect(JSON.stringify(data)).not.toContain('HOSTING_');
  });

  it('are about the offices in Russia too', async () => {
    await using network = await open(hubWith([], [offer('ncm:1', 'WITHDRAWN')]));
    expect(await network.read(query)).toEqual(warned('HOSTING_WITHDRAWN', 'ncm:1', 'nbnp'));
  });

  it('name the countries for which no partner answers, until the departure', async () => {
    await using network = await open(hubWith([offer('fi:2', 'OFFERED')]));
    const poland = { visitId: north.visit, country: 'PL', owner: 'nbnp', position: 2 };
    await network.insert(VisitHost, poland, { ...poland, country: 'UA', position: 3 });
    expect(await network.read(query)).toEqual(warned('HOST_UNANSWERED', north.visit, 'nbnp'));
    const { data } = await network.ask('{ group(id: "nbnp:north") { warnings { message } } }');
    expect(JSON.stringify(data)).toContain('no partner of the network answers: PL, UA.');
    await network.update(Visit, north.visit, { departedOn: '2026-05-06' });
    expect(JSON.stringify(await network.read(query))).not.toContain('HOST_UNANSWERED');
  });

  it('are not about offers of a host for which no partner answers', async () => {
    await using network = await open(hubWith([]), near);
    const ownersOf = async () =>
      JSON.stringify((await network.ask(query)).data).match(/(?<="owner":")\w+/g);
    expect(await ownersOf()).toEqual(['fi', 'ncm']);
    const inFinland = { visitId: north.visit, country: 'FI' };
    await network.source.manager.update(VisitHost, inFinland, { owner: 'nbnp' });
    expect(await ownersOf()).toEqual(['nbnp', 'ncm']);
  });

  it('are missing while a host is unavailable, and need nobody else', async () => {
    await using network = await open(hubWith([], [], 'fi'));
    const { data, errors } = await network.ask(query);
    expect(data).toEqual(none);
    expect(errors).toMatchObject([{ extensions: { partner: 'fi' } }]);
    await using without = await open(hubWith([offer('fi:2', 'WITHDRAWN')], [], 'se'));
    expect(await without.read(query)).toEqual(withdrawn);
  });

  it.each([
    ['fi', [], warned('NO_HOST', north.visit, 'ncm')],
    ['ncm', [offer('fi:2', 'WITHDRAWN')], withdrawn],
  ])('lack only those of a host that is unavailable: %s', async (missing, offers, expected) => {
    await using network = await open(hubWith(offers, [], missing), near);
    const { data, errors } = await network.ask(query);
    expect(data).toEqual(expected);
    expect(errors).toMatchObject([
      { path: ['group', 'warnings'], extensions: { partner: missing } },
    ]);
  });

  it.each([
    ['the hub is too busy', [withNull], new HubError('OVERLOADED')],
    ['the hub does not say who is missing', [withNull], unavailable('hub')],
    ['the network has no visits', null, unavailable('nbnp')],
    ['the network has visits alone', [whole], unavailable('nbnp')],
    ['the visits are missing', null, unavailable('se')],
    ['a visit is missing', [null, whole], unavailable('se')],
    ['the hosts are missing', [{ ...whole, hosts: null }], unavailable('fi')],
  ])('are missing near the visit while %s, and others are not', async (_what, visits, error) => {
    await using network = await open(hubWithout(visits, error), near);
    await network.update(Group, north.group, { plannedSize: 9 });
    const { data, errors } = await network.ask('{ group(id: "nbnp:north") { warnings { code } } }');
    expect(data).toEqual({ group: { warnings: [{ code: 'PLANNED_TOO_MANY' }] } });
    const { code, extensions } = error;
    const { partner } = extensions;
    const named = { code, ...(partner !== undefined && { partner }) };
    expect(errors).toMatchObject([{ path: ['group', 'warnings'], extensions: named }]);
  });

  it('are null if nobody may say', async () => {
    const error = new HubError('FORBIDDEN');
    await using network = await open(hubWithout([withNull], error), near);
    const { data, errors } = await network.ask(query);
    expect(data).toEqual({ group: { warnings: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('say nothing of a visit that the response lacks', async () => {
    const without = (visits: unknown): TestHub => ({ PolicyFacts: () => ({ f0: { visits } }) });
    const codes = async (visits: unknown) => {
      await using network = await open(without(visits), near);
      return JSON.stringify((await network.ask(query)).data).match(/NO_HOST/g) ?? [];
    };
    expect(await codes([whole])).toHaveLength(2);
    expect(await codes([])).toEqual([]);
  });

  /** The day on which the unit, or the office, of an offer ends, and the one that it was merged into. */
  const ends = (validTo: string | null, mergedInto: object | null = null) => ({
    unit: { validTo, mergedInto },
  });
  const closed = warned('HOST_CLOSED', 'fi:2', 'fi');

  it.each([
    ['ends before the last day', [ends('2030-05-10')], closed],
    ['ended in a past year', [ends('2029')], closed],
    ['ends on the last day', [ends(week.endsOn)], none],
    ['ends at some time of the year', [ends('2030')], none],
    ['does not end', [ends(null)], none],
    ['was merged into one that stays', [ends('2029', { validTo: null })], none],
    ['was merged into one that ends', [ends(null, { validTo: '2030-04' })], closed],
    ['ends, and another one does not', [ends('2030-05-10'), ends(null)], none],
  ])('say that the unit of a confirmed offer %s', async (_when, units, expected) => {
    const offers = units.map((unit, index) => ({
      ...offer(`fi:${2 + index}`, 'CONFIRMED'),
      ...unit,
    }));
    await using network = await open(hubWith(offers));
    expect(await network.read(query)).toEqual(expected);
    await network.update(Visit, north.visit, { departedOn: '2026-05-06' });
    expect(JSON.stringify(await network.read(query))).not.toContain('HOST_CLOSED');
  });

  it('say that an office closes which confirmed the visit, and on which day', async () => {
    const office = { closedOn: '2030-04', mergedInto: null };
    const confirmed = { ...offer('ncm:1', 'CONFIRMED'), office };
    await using network = await open(hubWith([], [confirmed]));
    expect(await network.read(query)).toEqual(warned('HOST_CLOSED', 'ncm:1', 'ncm'));
    expect(await network.read('{ group(id: "nbnp:north") { warnings { message } } }')).toEqual({
      group: {
        warnings: [
          {
            message:
              'The visit “A week” is confirmed by a body of NCM that closes on 2030-04-30, before the visit ends.',
          },
        ],
      },
    });
  });

  it.each([
    ['closes before the day of the stop', { closedOn: '2030-05-06' }, true],
    ['closes on the day of the stop', { closedOn: '2030-05-07' }, false],
    ['closes at some time of the month', { closedOn: '2030-05' }, false],
    [
      'was merged into one that is open',
      { closedOn: '2029', mergedInto: { closedOn: null } },
      false,
    ],
    ['was merged into one that closes', { mergedInto: { closedOn: '2030-05-06' } }, true],
    ['is not known', null, false],
  ])('say that the site of a stop %s', async (_when, site, isSaid) => {
    const visits = [{ ...whole, stops: [{ id: north.stop, site }] }];
    await using network = await open({ PolicyFacts: () => ({ f0: { visits } }) });
    const warning = {
      code: 'SITE_CLOSED',
      subject: north.stop,
      owner: 'nbnp',
      dueOn: '2030-05-07',
    };
    const expected = { group: { warnings: isSaid ? [warning] : [] } };
    expect(await network.read(query)).toEqual(expected);
    await network.update(ItineraryStop, north.stop, { status: 'CALLED_OFF' });
    expect(await network.read(query)).toEqual(none);
  });

  it('name the owner of a site that is unavailable, also if it is no host', async () => {
    await using network = await open(hubWith([], [], 'se'));
    expect((await network.ask(query)).errors).toBeUndefined();
    await network.update(ItineraryStop, north.stop, { siteId: 'se:court' });
    const { data, errors } = await network.ask(query);
    expect(data).toEqual(none);
    expect(errors).toMatchObject([{ extensions: { partner: 'se' } }]);
    await network.update(Visit, north.visit, { departedOn: '2026-05-06' });
    expect(JSON.stringify((await network.ask(query)).errors ?? [])).not.toContain('se');
  });

  it('do without what closes where the hub is of an earlier version', async () => {
    const known = hubWith([offer('fi:2', 'WITHDRAWN')]).PolicyFacts!;
    await using network = await open({
      PolicyFacts(variables, given, asked, options) {
        if (asked.includes('mergedInto'))
          throw new HubError('PARTNER_LACKS_FIELD', { partner: 'hub' });
        return known(variables, given, asked, options);
      },
    });
    expect(await network.read(query)).toEqual(withdrawn);
  });

  it('are not for those who may not read the plan', async () => {
    await using network = await open(hubWith([offer('fi:2', 'WITHDRAWN')]));
    for (const reader of [anonymous, readerOf('fi', 'auditor'), readerOf('se', 'coordinator')])
      expect((await network.ask(query, {}, reader)).data).toEqual(none);
  });
});
