import type { tokens } from '@hub/shared/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTools, type OpenTools } from '../network/open-assistant.js';
import { createToken, type Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn } from '../network/run-programme.js';

/** A visit of delegates to Finland and Estonia, who are under way. */
const visit = 'nbnp:demo-visit-1';
const takesPart = ['nbnp', 'ncm', 'fi', 'ee'];
const lastDay = '2026-11-27';

/** Long after its planned end, when everybody could think that it is over. */
const time = { now: Date.parse('2027-09-01T12:00:00Z') };
const clock = () => new Date(time.now);

/** Every text of the plan has this word. */
const secret = 'Confidential plan';

const roles: readonly tokens.Role[] = ['coordinator', 'liaison', 'service', 'analyst', 'auditor'];
const askers: readonly (Asker | undefined)[] = [
  undefined,
  ...[...takesPart, 'dk'].flatMap((organisation) =>
    roles.map((role): Asker => ({ organisation, role })),
  ),
];
const nameOf = (asker: Asker | undefined) =>
  asker ? `${asker.role} of ${asker.organisation}` : 'nobody';

/**
 * The promise of the guide: those who send, host or arrange a visit read its plan, and all other
 * organisations once its return is recorded. Auditors and the anonymous never do.
 */
function mayRead(asker: Asker | undefined, hasReturned: boolean): boolean {
  if (!asker || asker.role === 'auditor') return false;
  return hasReturned || (asker.role !== 'analyst' && takesPart.includes(asker.organisation));
}

const plan = `id practicalInformation stops { id title address meetingPoint contactOnTheSpot note }
  hostings { accommodation transport meetingPoint contactOnTheSpot emergencyContact note }`;
const columns = 'id,practicalInformation,stops.meetingPoint,hostings.emergencyContact';

/** Where a caller may find the plan of a visit. */
interface Road {
  /** True if whoever may read the plan finds it there. */
  readonly isWhole: boolean | ((asker: Asker | undefined) => boolean);
  read(asker: Asker | undefined): Promise<string>;
}

describe('the plan of a visit whose return is overdue', () => {
  let network: OpenNetwork;
  let tools: OpenTools;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock });
    tools = await openTools(network.hub, network.keys, {
      documents: [`query Plans { visits(first: 100) { nodes { ${plan} } } }`],
    });
    for (const [code, table, texts, where] of [
      ['nbnp', 'visits', ['practical_information'], 'id'],
      [
        'nbnp',
        'itinerary_stops',
        ['title', 'address', 'meeting_point', 'contact_on_the_spot', 'note'],
        'visit_id',
      ],
      [
        'fi',
        'hostings',
        [
          'accommodation',
          'transport',
          'meeting_point',
          'contact_on_the_spot',
          'emergency_contact',
          'note',
        ],
        'visit_id',
      ],
    ] as const) {
      const set = texts.map((column) => `"${column}" = '${secret} ${column}'`).join(', ');
      await network
        .serverOf(code)
        .source.query(`UPDATE "${table}" SET ${set} WHERE "${where}" = ?`, [visit]);
    }
    const programme = runIn(network);
    const stop = { stop: 'nbnp:demo-stop-1-1', note: `${secret} and changed` };
    const version = await programme.versionOf('itineraryStop', stop.stop);
    await programme.done('nbnp', 'changeItineraryStop', { ...stop, version });
  });
  afterAll(async () => {
    await tools[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const headersOf = async (asker: Asker | undefined) => ({
    'content-type': 'application/json',
    ...(asker && { authorization: `Bearer ${await createToken(network.keys, asker)}` }),
  });
  const file = (path: string): Road => ({
    isWhole: true,
    async read(asker) {
      const url = new URL(`/export/${path}`, network.hubUrl);
      return (await fetch(url, { headers: await headersOf(asker) })).text();
    },
  });
  /** A link that the caller makes, read by a calendar program. Servers make none. */
  const link: Road = {
    isWhole: (asker) => asker?.role !== 'service',
    async read(asker) {
      const made = await fetch(new URL('/export/links', network.hubUrl), {
        method: 'POST',
        headers: await headersOf(asker),
        body: JSON.stringify({ visit }),
      });
      const { address } = (await made.json()) as { address?: string };
      return address === undefined ? '' : (await fetch(new URL(address, network.hubUrl))).text();
    },
  };
  const assistant: Road = {
    isWhole: false,
    async read(asker) {
      await using client = await tools.connect(asker);
      const { tools: offered } = await client.client.listTools();
      const texts: string[] = [];
      for (const { name } of offered.filter((one) => /plans|programme/i.test(one.name)))
        texts.push((await client.call(name)).text);
      return texts.join('\n');
    },
  };

  /** Paths through the graph on which whoever may read the plan finds it, by their aliases. */
  const wholePaths: Readonly<Record<string, string>> = {
    visit: `visit(id: "${visit}") { ${plan} }`,
    visits: `visits(first: 10) { nodes { ${plan} } }`,
    visitsOfGroups: `groups(first: 10) { nodes { visits { ${plan} } } }`,
    visitsOfProgrammes: `programmes { groups { visits { ${plan} } } }`,
    visitOfStop: `itineraryStop(id: "nbnp:demo-stop-1-1") { title visit { ${plan} } }`,
    visitsOfHostings: `policeUnits { hostings { note visit { ${plan} } } }`,
  };
  /** Paths on which some who may read it do not find it. */
  const otherPaths: Readonly<Record<string, string>> = {
    visitsOfExperts: `experts(first: 20, filter: { rehearsals: true }) { nodes { assignments { visit { ${plan} } } } }`,
    visitsOfContacts: `contacts(minimum: 1, first: 200, filter: { rehearsals: true, via: [VISIT] }) { nodes { evidence { visit { ${plan} } } } }`,
    tasks: `tasks(first: 60) { nodes { kind visit { ${plan} } group { visits { ${plan} } } } }`,
    changes: 'networkChanges(first: 100) { nodes { mutation subject fields reason } }',
    changesOfHost:
      'policeChanges(country: "FI", first: 100) { nodes { mutation subject fields reason } }',
    statistics: 'sectorStatistics(filter: { rehearsals: true }) { id sector stops visits }',
  };
  const graphQueries = [wholePaths, otherPaths].map(
    (paths) =>
      `{ ${Object.entries(paths)
        .map(([alias, query]) => `${alias}: ${query}`)
        .join('\n')} }`,
  );

  const roads: Readonly<Record<string, Road>> = {
    'visits.csv': file(`visits.csv?columns=${columns}`),
    'groups.csv': file('groups.csv?columns=id,visits.stops.title'),
    'itinerary.ics': file(`itinerary.ics?id=${visit}`),
    'a calendar link': link,
    assistant,
  };

  it.each(['before', 'after'])(
    'is read on every road by whom it is for, %s the return',
    async (when) => {
      const hasReturned = when === 'after';
      const programme = runIn(network);
      if (hasReturned) {
        const version = await programme.versionOf('visit', visit);
        await programme.done('nbnp', 'recordReturn', { id: visit, on: lastDay, version });
        // For a minute, a police force may go by what it asked before.
        time.now += 61_000;
      }
      const wrong: string[] = [];
      for (const asker of askers) {
        const isExpected = mayRead(asker, hasReturned);
        const judge = (name: string, text: string, isWhole: boolean) => {
          const isRead = text.includes(secret);
          if (isRead !== isExpected && (isRead || isWhole))
            wrong.push(`${name}: ${nameOf(asker)} ${isRead ? 'reads it' : 'does not'}`);
        };
        for (const query of graphQueries) {
          const { data, errors } = await network.ask(query, {}, asker);
          expect(data, JSON.stringify(errors)).toBeDefined();
          expect(JSON.stringify(errors ?? [])).not.toContain(secret);
          for (const [alias, value] of Object.entries(data))
            judge(alias, JSON.stringify(value), alias in wholePaths);
        }
        for (const [name, road] of Object.entries(roads)) {
          // Each asker has a client of its own, which compiles all that the tools return.
          if (name === 'assistant' && !['fi', 'dk', undefined].includes(asker?.organisation))
            continue;
          const isWhole = typeof road.isWhole === 'boolean' ? road.isWhole : road.isWhole(asker);
          judge(name, await road.read(asker), isWhole);
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});
