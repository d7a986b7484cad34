import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { plan, runIn, type Programme } from '../../network/run-programme.js';

/** Nobody hosts in Poland, which is on the way. */
const from = { name: 'Iceland', countries: ['IS', 'PL'], selectors: ['is:rls'] };
/** An office hosts in Estonia instead of the police force. */
const to = { name: 'Denmark and Estonia', countries: ['DK', 'EE'], hosts: ['ncm:tll', 'dk:nec'] };
/** Who answers in each country that hosts: Latvia only lies on the way. */
const answerers = { DK: 'dk', EE: 'ncm', LV: 'lv', PL: 'nbnp' } as const;
const hostCountries = Object.keys(answerers);

/** How each organisation confirms a stop. */
const confirming = {
  dk: ['confirmStop', { unit: 'dk:nec' }],
  ee: ['confirmStop', { unit: 'ee:ppa' }],
  is: ['confirmStop', { unit: 'is:rls' }],
  lv: ['confirmStop', { unit: 'lv:police' }],
  ncm: ['confirmRegionalStop', { office: 'ncm:tll' }],
  nbnp: ['confirmNetworkStop', {}],
} as const;
const organisations = Object.keys(confirming) as (keyof typeof confirming)[];
const forces = ['dk', 'ee', 'is', 'lv'] as const;

describe('who answers for a host', () => {
  let network: OpenNetwork;
  let programme: Programme;
  let visit: string;
  const read = async (selection: string) => {
    const secretariat = { organisation: 'nbnp', role: 'coordinator' } as const;
    const query = `query ($id: ID!) { visit(id: $id) { ${selection} } }`;
    return (await network.ask(query, { id: visit }, secretariat)).data.visit;
  };

  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
    programme = runIn(network);
    const { id, sides } = await programme.done(
      'nbnp',
      'createProgramme',
      {
        ...plan,
        title: 'Between sides',
        sides: [from, to],
      },
      'id sides { id }',
    );
    const [first, second] = (sides as { id: string }[]).map((side) => side.id);
    const ends = { programme: id, from: first, to: second };
    const group = await programme.done('nbnp', 'createGroup', {
      ...ends,
      name: 'From Iceland',
      plannedSize: 2,
    });
    const week = { startsOn: '2031-05-05', endsOn: '2031-05-10' };
    const journey = { group: group.id, title: 'A week', hostCountries, ...week };
    visit = (await programme.done('nbnp', 'scheduleVisit', journey)).id;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('is one organisation for each country', async () => {
    const hosts = hostCountries.map((country) => ({
      country,
      owner: answerers[country as keyof typeof answerers],
    }));
    expect(await read('hosts { country owner }')).toEqual({ hosts });
  });

  it.each(Object.entries(answerers))(
    'confirms in %s, and nobody else: %s',
    async (country, own) => {
      const { id: stop } = await programme.done('nbnp', 'addItineraryStop', {
        visit,
        hostCountry: country,
        day: '2031-05-06',
        title: 'A stop',
        sector: 'POLICE',
      });
      const isConfirmed = async () =>
        (await read('stops { id confirmed }')).stops.find((one: { id: string }) => one.id === stop)
          .confirmed as boolean | null;
      for (const organisation of organisations.filter((one) => one !== own)) {
        const [mutation, by] = confirming[organisation];
        const confirmation = { stop, on: '2031-03-01', stopVersion: 1, ...by };
        const { payload, code } = await programme.call(organisation, mutation, confirmation);
        expect(payload, organisation).toBeNull();
        // Whoever takes no part in the visit may not read the stop either.
        expect(['RULE_VIOLATED', 'FORBIDDEN'], organisation).toContain(code);
        expect(await isConfirmed(), organisation).toBe(false);
      }
      const [mutation, by] = confirming[own];
      await programme.done(own, mutation, { stop, on: '2031-03-01', stopVersion: 1, ...by });
      expect(await isConfirmed()).toBe(true);
    },
  );

  it('offers and confirms to host, and nobody else', async () => {
    for (const force of forces) {
      const { unit } = confirming[force][1];
      const offered = await programme.call(force, 'offerHosting', { unit, visit });
      const isHost = force === 'dk' || force === 'lv';
      expect([force, offered.payload !== null]).toEqual([force, isHost]);
      if (offered.payload === null) {
        expect(offered.rule).toBe('HOST_COUNTRY');
        continue;
      }
      const hosting = offered.payload.id;
      const decision = { hosting, on: '2031-03-01', version: 1 };
      await programme.done(force, 'confirmHosting', decision);
      for (const other of organisations.filter((one) => one !== force)) {
        const withdrawn = await programme.call(other, 'withdrawHosting', decision);
        expect(withdrawn.code, `${other} withdraws for ${force}`).toBe('FORBIDDEN');
      }
    }
    const offer = { visit, office: 'ncm:vno' };
    expect((await programme.call('ncm', 'offerRegionalHosting', offer)).rule).toBe('HOST_COUNTRY');
    const own = { ...offer, office: 'ncm:tll' };
    const { id: hosting } = await programme.done('ncm', 'offerRegionalHosting', own);
    await programme.done('ncm', 'confirmRegionalHosting', {
      hosting,
      on: '2031-03-01',
      version: 1,
    });
    const offers = 'hostings { id status } regionalHostings { status }';
    const { hostings, regionalHostings } = await read(offers);
    const statuses = (hostings as { id: string; status: string }[]).map(({ id, status }) => [
      id.slice(0, 2),
      status,
    ]);
    expect(Object.fromEntries(statuses)).toEqual({ dk: 'CONFIRMED', lv: 'CONFIRMED' });
    expect(regionalHostings).toEqual([{ status: 'CONFIRMED' }]);
  });
});
