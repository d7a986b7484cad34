import { bothDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import {
  baltic,
  createSidesGroup,
  nordic,
  planSides,
  sidesHub,
  sidesPlan,
} from '../testing/test-sides.js';
import { openTestVisits, type TestHub, type TestVisits } from '../testing/test-visits.js';

const places = { LV: 'lv:police', DK: 'dk:nec', EE: 'ee:ppa', SE: 'se:npb', PL: null, RU: null };
type Country = keyof typeof places;
const countries = Object.keys(places) as Country[];
/** The countries of which no police force is in the network. */
const alone: readonly string[] = ['PL', 'RU'];
const offices = ['ncm:rix', 'ncm:vno', 'ncm:tll'];

/** A side with any of the parties that may act there. */
const side = fc
  .uniqueArray(fc.constantFrom(...countries), { minLength: 1, maxLength: 3 })
  .chain((own) =>
    fc.record({
      countries: fc.constant(own),
      hosts: fc.uniqueArray(
        fc.constantFrom(...offices, ...own.flatMap((country) => places[country] ?? [])),
        { maxLength: 3 },
      ),
      coordinators: fc.uniqueArray(fc.constantFrom(...offices), { maxLength: 2 }),
    }),
  );
interface TestSide {
  readonly countries: readonly Country[];
  readonly hosts: readonly string[];
  readonly coordinators: readonly string[];
}

/**
 * Who answers, as the plan reads: the police force of a member country answers at home, unless the
 * side has an office host instead. Without a police force an office does that hosts or co-ordinates
 * there, and else the network.
 */
function plainAnswer(country: Country, sides: readonly TestSide[]): string {
  const own = sides.filter((one) => one.countries.includes(country));
  const hosts = own.flatMap((one) => one.hosts);
  const isOffice = (party: string) => party.startsWith('ncm:');
  const police = country.toLowerCase();
  const isPushedOut = hosts.some(isOffice) && !hosts.includes(places[country] ?? 'nobody');
  if (!alone.includes(country) && !isPushedOut) return police;
  return [...hosts, ...own.flatMap((one) => one.coordinators)].some(isOffice) ? 'ncm' : 'nbnp';
}

/** The offices have selected nobody yet. */
const hub: TestHub = { ...sidesHub, GroupsOfDelegates: () => ({ group: { delegates: [] } }) };

/** A visit of a group between two sides, in all countries of both. */
async function visit(network: TestVisits, from: TestSide, to: TestSide) {
  const ends = [
    { name: 'From', ...from },
    { name: 'To', ...to },
  ];
  const title = randomUUID();
  const plan = { ...sidesPlan, title, sides: ends, plannedJourneys: [] };
  const { id: programme, sides } = await network.done('createProgramme', plan, 'id sides { id }');
  const [first, second] = (sides as readonly { readonly id: string }[]).map(({ id }) => id);
  const planned = { programme: String(programme), sides: { From: first ?? '', To: second ?? '' } };
  const group = await createSidesGroup(network, planned, 'From', 'To');
  const hostCountries = [...new Set([...to.countries, ...from.countries])];
  const week = { startsOn: '2030-05-06', endsOn: '2030-05-11' };
  const input = { group, title: 'A week', hostCountries, ...week };
  const { id } = await network.done('scheduleVisit', input);
  return { id: String(id), hostCountries, group };
}

describe.each(bothDatabases)('who answers between any two sides on $name', (kind) => {
  it('is one organisation for each country, and nobody else confirms there', async () => {
    await using network = await openTestVisits(kind, hub, '2030-04-01T12:00:00Z');
    await fc.assert(
      fc.asyncProperty(side, side, async (from, to) => {
        const { id, hostCountries } = await visit(network, from, to);
        const hosts = await network.source.manager.findBy(VisitHost, { visitId: id });
        expect(hosts).toHaveLength(hostCountries.length);
        for (const { country, owner } of hosts) {
          expect(owner, country).toBe(plainAnswer(country as Country, [from, to]));
          const plan = { visit: id, hostCountry: country, day: '2030-05-07' };
          const about = { title: 'A stop', sector: 'NGO' };
          const stop = await network.done(
            'addItineraryStop',
            { ...plan, ...about },
            'id hostOwner',
          );
          expect(stop['hostOwner']).toBe(owner);
          const confirm = { stop: stop['id'], on: '2030-03-01', stopVersion: 1 };
          if (owner === 'nbnp') await network.done('confirmNetworkStop', confirm);
          else
            expect(await network.refusal('confirmNetworkStop', confirm)).toMatchObject({
              rule: 'HOST_COUNTRY',
              situation: 'STOP_ELSEWHERE',
            });
        }
      }),
      { seed: 20090913, numRuns: 20 },
    );
  }, 120_000);
});

describe.each(bothDatabases)('Mutation.changeVisit between sides on $name', (kind) => {
  it('keeps the plan if another organisation answers for the same countries', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    const none = { hosts: [], coordinators: [] };
    const to = { ...none, countries: ['DK', 'PL'] } as const;
    const { id } = await visit(network, { ...none, countries: ['LV'] }, to);
    const plans = 'plans { fromVersion hostCountries } hosts { country owner }';
    const hostCountries = ['DK', 'PL'];
    const change = async (version: number) =>
      network.done('changeVisit', { visit: id, hostCountries, version }, plans);
    const unchanged = { fromVersion: 2, hostCountries };
    await change(1);
    expect(await change(2)).toMatchObject({ plans: [{ fromVersion: 1 }, unchanged] });
    // An office hosts in Denmark now: the offer of the police there has to end.
    await network.source.query(
      `INSERT INTO side_parties (side_id, part, party_id, programme_id, position)
       SELECT id, 'HOST', 'ncm:rix', programme_id, 0 FROM sides WHERE name = 'To'`,
    );
    expect(await change(3)).toEqual({
      plans: [
        { fromVersion: 1, hostCountries: ['DK', 'PL', 'LV'] },
        unchanged,
        { fromVersion: 4, hostCountries },
      ],
      hosts: [
        { country: 'DK', owner: 'ncm' },
        { country: 'PL', owner: 'ncm' },
      ],
    });
  });
});

describe.each(bothDatabases)('Mutation.changeProgramme with other hosts on $name', (kind) => {
  const officeHosts = { ...nordic, hosts: ['ncm:tll', 'se:npb'] };

  const openPlanned = async (more: TestHub = {}) => {
    const network = await openTestVisits(kind, { ...hub, ...more });
    const planned = await planSides(network, { sides: [baltic, nordic], plannedJourneys: [] });
    const scheduled = async () => {
      const group = await createSidesGroup(network, planned);
      const week = { startsOn: '2030-05-06', endsOn: '2030-05-11' };
      const input = { group, title: 'A week', hostCountries: ['DK', 'SE'], ...week };
      const { id } = await network.done('scheduleVisit', input);
      const about = { hostCountry: 'DK', day: '2030-05-07', title: 'A stop', sector: 'NGO' };
      const stop = await network.done('addItineraryStop', { visit: id, ...about });
      return { visit: String(id), stop: String(stop['id']) };
    };
    const change = (version: number, ...sides: object[]) =>
      network.change('changeProgramme', { programme: planned.programme, version, sides });
    const read = async (visit: string) => {
      const fields = 'version plans { fromVersion } hosts { country owner } stops { hostOwner }';
      return (await network.read(`{ visit(id: "${visit}") { ${fields} } }`))['visit'];
    };
    return { network, scheduled, change, read };
  };
  const hosted = (denmark: string, ...versions: number[]) => ({
    version: versions.at(-1),
    plans: versions.map((fromVersion) => ({ fromVersion })),
    hosts: [
      { country: 'DK', owner: denmark },
      { country: 'SE', owner: 'se' },
    ],
    stops: [{ hostOwner: denmark }],
  });

  it('lets them answer for the visits ahead, and says so in the changes', async () => {
    const { network, scheduled, change, read } = await openPlanned();
    await using _ = network;
    const { visit, stop } = await scheduled();
    const { visit: cancelled } = await scheduled();
    await network.update(Visit, cancelled, { cancelledOn: '2030-03-01', cancelReason: 'Ill.' });
    await change(1, baltic, officeHosts);
    expect(await read(visit)).toEqual(hosted('ncm', 1, 2));
    expect(await read(cancelled)).toEqual(hosted('dk', 1));
    const { networkChanges } = await network.read<{ networkChanges: { nodes: object[] } }>(
      '{ networkChanges { nodes { mutation subject fields } } }',
    );
    const mutation = 'changeProgramme';
    expect(networkChanges.nodes).toEqual(
      expect.arrayContaining([
        { mutation, subject: visit, fields: ['hostCountries', 'plans', 'version'] },
        { mutation, subject: stop, fields: ['hostOwner'] },
      ]),
    );
    // Other co-ordinators leave it as it is.
    await change(2, { ...baltic, coordinators: ['ncm:rix'] }, officeHosts);
    expect(await read(visit)).toEqual(hosted('ncm', 1, 2));
    await change(3, baltic, nordic);
    expect(await read(visit)).toEqual(hosted('dk', 1, 2, 3));
  });

  it('is tried again if a country hosts since, of which nobody was asked', async () => {
    const since: (() => Promise<void>)[] = [];
    const members = { partners: [{ code: 'pl', membership: 'MEMBER' }] };
    const { network, scheduled, change, read } = await openPlanned({
      async NetworkMembers() {
        await since.pop()?.();
        return members;
      },
    });
    await using _ = network;
    const { visit } = await scheduled();
    const host = (country: string, position: number) =>
      network.insert(VisitHost, { visitId: visit, country, position, owner: 'nbnp' });
    await host('PL', 2);
    since.push(() => host('UA', 3));
    const { errors } = await change(1, baltic, officeHosts);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', argument: 'input.sides' });
    await change(1, baltic, officeHosts);
    expect(await read(visit)).toMatchObject({
      version: 2,
      hosts: [
        { country: 'DK', owner: 'ncm' },
        { country: 'SE', owner: 'se' },
        { country: 'PL', owner: 'pl' },
        { country: 'UA', owner: 'nbnp' },
      ],
    });
  });
});
