import { lateClock } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn, type Input, type Programme } from '../network/run-programme.js';

const toNordic = 'nbnp:demo-group-3';
const toRussia = 'nbnp:demo-group-2';
/** When the first group of the demonstration, whose delegates the offices selected, is in Finland and Estonia. */
const overlapping = { startsOn: '2026-11-27', endsOn: '2026-12-01' };

describe('a visit, planned through the hub', () => {
  let network: OpenNetwork;
  let programme: Programme;

  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock: lateClock });
    programme = runIn(network);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** What becomes of a mutation of the network’s while partners are away. */
  const callWithout = async (away: readonly string[], mutation: string, input: Input) => {
    for (const code of away) await network.stop(code);
    try {
      const { code, rule, answer } = await programme.call('nbnp', mutation, input);
      const partners = answer.errors?.map(({ extensions }) => extensions.partner);
      return { code, rule, partners };
    } finally {
      for (const code of away) await network.start(code);
    }
  };
  const written = { code: undefined, rule: undefined, partners: undefined };
  /** The network answered that it cannot decide; the hub names whom it misses itself. */
  const undecidedWithout = (partner: string) => ({
    code: 'PARTNER_UNAVAILABLE',
    rule: undefined,
    partners: [partner],
  });

  const schedule = async (group: string, hostCountries: string[], startsOn: string) =>
    (
      await programme.done('nbnp', 'scheduleVisit', {
        group,
        title: 'A visit',
        hostCountries,
        startsOn,
        endsOn: startsOn,
      })
    ).id as string;

  it('needs the offices if delegates of another group travel on the same days, and nobody else', async () => {
    const plan = { group: toNordic, title: 'A visit', hostCountries: ['NO'], ...overlapping };
    expect(await callWithout(['ncm'], 'scheduleVisit', plan)).toEqual(undecidedWithout('ncm'));
    const later = { startsOn: '2027-08-01', endsOn: '2027-08-02' };
    expect(await callWithout(['ncm'], 'scheduleVisit', { ...plan, ...later })).toEqual(written);
    expect(await callWithout(['fi', 'no'], 'scheduleVisit', plan)).toEqual(written);
  });

  it('is refused if a delegate travels with another group on these days', async () => {
    // The first group’s delegates are selected for the new one too: the offices do not refuse, since it has no visit.
    const { id: group } = await programme.done('nbnp', 'createGroup', {
      programme: 'nbnp:demo-programme',
      name: 'Again',
      direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
      plannedSize: 10,
    });
    const nomination = await programme.done('ncm', 'nominateDelegate', {
      group,
      delegate: 'ncm:demo-delegate-1',
      on: '2026-09-01',
    });
    await programme.done('ncm', 'selectDelegate', {
      nomination: nomination.id,
      on: '2026-09-02',
      localAuthority: 'An authority',
      version: 1,
    });
    const plan = { group, title: 'A visit', hostCountries: ['SE'], ...overlapping };
    expect(await programme.call('nbnp', 'scheduleVisit', plan)).toMatchObject({
      code: 'RULE_VIOLATED',
      rule: 'OVERLAPPING_GROUPS',
      argument: 'input.startsOn',
    });
  });

  it('needs only the owner of a site', async () => {
    const day = '2027-08-10';
    const visit = await schedule(toNordic, ['FI', 'RU'], day);
    const stop = { visit, day, title: 'A site', sector: 'POLICE' };
    const finnish = { ...stop, hostCountry: 'FI', site: 'fi:site-fi-npb' };
    const russian = { ...stop, hostCountry: 'RU', site: 'ncm:site-ru-shelter' };
    expect(await callWithout(['fi'], 'addItineraryStop', finnish)).toEqual(undecidedWithout('fi'));
    expect(await callWithout(['ncm'], 'addItineraryStop', russian)).toEqual(
      undecidedWithout('ncm'),
    );
    expect(await callWithout(['ncm', 'ee'], 'addItineraryStop', finnish)).toEqual(written);
    expect(await callWithout(['fi', 'ee'], 'addItineraryStop', russian)).toEqual(written);
    for (const site of ['fi:unheard-of', 'zz:site'])
      expect(await programme.call('nbnp', 'addItineraryStop', { ...finnish, site })).toMatchObject({
        code: 'NOT_FOUND',
        argument: 'input.site',
      });
  });

  it('is copied with its sites, and needs only their owners', async () => {
    const day = '2027-10-11';
    const visit = await schedule(toNordic, ['FI', 'RU'], day);
    const page = { source: 'https://example.org/shelter', on: '2026-11-01' };
    const merged: Record<string, string> = {};
    for (const [owner, noun, at] of [
      ['fi', 'NationalSite', { country: 'FI' }],
      ['ncm', 'RegionalSite', { region: 'RU-KR' }],
    ] as const) {
      const shelter = { ...at, sector: 'NGO', evidence: 'OFFERED_VISIT', ...page };
      const register = async (name: string) =>
        (await programme.done(owner, `register${noun}`, { ...shelter, name, city: name })).id;
      const [site, into] = [await register('Old shelter'), await register('New shelter')];
      const hostCountry = owner === 'fi' ? 'FI' : 'RU';
      const stop = { visit, hostCountry, day, title: 'A site', sector: 'NGO', site };
      await programme.done('nbnp', 'addItineraryStop', stop);
      const versions = { version: 1, intoVersion: 1 };
      const reason = 'It moved.';
      await programme.done(owner, `merge${noun}s`, { site, into, reason, ...page, ...versions });
      merged[hostCountry] = into;
    }
    const next = { visit, group: toNordic, startsOn: '2027-11-08' };
    for (const owner of ['fi', 'ncm'])
      expect(await callWithout([owner], 'copyVisit', next)).toEqual(undecidedWithout(owner));
    const selection = 'startsOn hosts { owner } stops { day hostCountry site { id } }';
    const copied = await programme.done('nbnp', 'copyVisit', next, selection);
    expect(copied).toEqual({
      startsOn: '2027-11-08',
      hosts: [{ owner: 'fi' }, { owner: 'ncm' }],
      stops: expect.arrayContaining(
        Object.entries(merged).map(([hostCountry, id]) => ({
          day: '2027-11-08',
          hostCountry,
          site: { id },
        })),
      ),
    });
    const later = { ...next, startsOn: '2027-11-22' };
    expect(await callWithout(['ee', 'no'], 'copyVisit', later)).toEqual(written);
    for (const [country, noun] of [
      ['FI', 'National'],
      ['RU', 'Regional'],
    ] as const) {
      const closed = { site: merged[country], closedOn: '2027-11', version: 2, ...page };
      await programme.done(country === 'FI' ? 'fi' : 'ncm', `close${noun}Site`, closed);
    }
    const last = { ...next, startsOn: '2027-12-06' };
    const { stops } = await programme.done('nbnp', 'copyVisit', last, 'stops { site { id } city }');
    const left = { site: null, city: 'New shelter' };
    expect(stops).toEqual([left, left]);
  });

  it('needs only the police force of an expert', async () => {
    const visit = await schedule(toNordic, ['FI'], '2027-08-20');
    const expert = 'ee:demo-expert-1';
    const assign = { visit, expert, role: 'INTERPRETER', languages: ['ru'] };
    expect(await callWithout(['ee'], 'assignExpert', assign)).toEqual(undecidedWithout('ee'));
    expect(await callWithout(['fi', 'ncm'], 'assignExpert', assign)).toEqual(written);
    for (const unknown of ['ee:unheard-of', 'zz:expert', 'expert'])
      expect(
        await programme.call('nbnp', 'assignExpert', { ...assign, expert: unknown }),
      ).toMatchObject({ code: 'NOT_FOUND', argument: 'input.expert' });
  });

  it('cancels a confirmed stop, which then needs no host', async () => {
    const day = '2027-06-10';
    const visit = await schedule(toRussia, ['RU', 'FI'], day);
    const plan = { visit, hostCountry: 'FI', day, title: 'A stop', sector: 'NGO' };
    const { id: stop } = await programme.done('nbnp', 'addItineraryStop', plan);
    const confirmation = { unit: 'fi:npb', stop, on: '2027-05-01', stopVersion: 1 };
    await programme.done('fi', 'confirmStop', confirmation);

    const removal = { stop, version: 1 };
    expect(await programme.call('nbnp', 'removeItineraryStop', removal)).toMatchObject({
      code: 'RULE_VIOLATED',
      rule: 'CONFIRMED',
      argument: 'input.stop',
    });
    expect(await callWithout(['fi'], 'removeItineraryStop', removal)).toEqual(
      undecidedWithout('fi'),
    );
    const calledOff = { stop, on: '2027-05-10', reason: 'Closed.', version: 1 };
    expect(await callWithout(['fi'], 'callOffItineraryStop', calledOff)).toEqual(written);
    const again = { ...confirmation, stopVersion: 2 };
    expect(await programme.call('fi', 'confirmStop', again)).toMatchObject({ rule: 'CANCELLED' });

    const departure = { id: visit, on: day, version: 1 };
    expect(await callWithout(['fi'], 'recordDeparture', departure)).toEqual(written);
    await programme.done('nbnp', 'recordReturn', { id: visit, on: day, version: 2 });
  });

  it('cancels a visit while all others are unavailable; then no host may offer, and another visit may have its days', async () => {
    const day = '2027-10-01';
    const visit = await schedule(toNordic, ['FI'], day);
    const cancellation = { visit, on: '2027-08-01', reason: 'No hotel.', version: 1 };
    expect(await callWithout(['fi', 'ncm'], 'cancelVisit', cancellation)).toEqual(written);
    const offer = { unit: 'fi:npb', visit, accommodation: 'A hotel' };
    expect(await programme.call('fi', 'offerHosting', offer)).toMatchObject({
      rule: 'CANCELLED',
      argument: 'input.visit',
    });
    expect(await schedule(toNordic, ['FI'], day)).not.toBe(visit);
  });

  it('needs only the hosts of its stops for a departure', async () => {
    const day = '2027-08-30';
    const visit = await schedule(toRussia, ['RU', 'FI'], day);
    const add = async (hostCountry: string) =>
      (
        await programme.done('nbnp', 'addItineraryStop', {
          visit,
          hostCountry,
          day,
          title: 'A stop',
          sector: 'NGO',
        })
      ).id as string;
    const [russian, finnish] = [await add('RU'), await add('FI')];
    const departure = { id: visit, on: day, version: 1 };
    const confirmed = { on: '2027-06-01', stopVersion: 1 };
    await programme.done('ncm', 'confirmRegionalStop', {
      office: 'ncm:demo-office',
      stop: russian,
      ...confirmed,
    });
    expect(await programme.call('nbnp', 'recordDeparture', departure)).toMatchObject({
      code: 'RULE_VIOLATED',
      rule: 'UNCONFIRMED_STOP',
    });
    await programme.done('fi', 'confirmStop', { unit: 'fi:npb', stop: finnish, ...confirmed });
    expect(await callWithout(['fi'], 'recordDeparture', departure)).toEqual(undecidedWithout('fi'));
    expect(await callWithout(['ncm'], 'recordDeparture', departure)).toEqual(
      undecidedWithout('ncm'),
    );
    const others = ['dk', 'ee', 'se'];
    expect(await callWithout(others, 'recordDeparture', departure)).toEqual(written);
  });
});
