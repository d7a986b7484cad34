import { buildSchema, getNullableType, isListType, type GraphQLField } from 'graphql';
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../../sample.js';
import { openTools, type OpenTools } from '../../network/open-assistant.js';
import { createToken, type Asker, type Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { openStream, untilFed } from '../../network/read-stream.js';
import { runIn } from '../../network/run-programme.js';
import { clock, journeys, visits } from '../demonstration.js';
import { everything, personas, type Persona } from '../self-rules.js';

/*
 * The roads to the graph besides an operation: files, links, assistants, changes and tasks. Each text in which somebody
 * could write of a person or a journey ends with a mark of its own, so that it is known wherever it comes out.
 */

const graph = buildSchema(
  readFileSync(
    new URL('../../../../gateway/explorer/generated/schema.graphql', import.meta.url),
    'utf8',
  ),
);

const isList = ({ type }: GraphQLField<unknown, unknown>) =>
  isListType(getNullableType(type)) || String(type).endsWith('Connection');

/** What a list is asked with. */
const searches: Readonly<Record<string, string>> = {
  officers: 'filter.rehearsals=true',
  experts: 'filter.rehearsals=true',
  delegates: 'filter.rehearsals=true',
  policeDisclosures: 'country=FI',
  policeChanges: 'country=FI',
  policeErasures: 'country=FI',
  policeRetention: 'country=FI',
  policeHolds: 'country=FI',
  networkReadings: 'person=fi:demo-officer-3',
  sharedOfficerContacts: 'with=NETWORK',
  sharedDelegateContacts: 'with=NETWORK',
  contactPaths: 'from=ncm:led&to=nbnp:nbnp',
};

/** The lists of the graph, rows within rows, and what is made of several of them. */
const files = [
  ...Object.values(graph.getQueryType()?.getFields() ?? {})
    .filter(isList)
    .map(({ name }) => `${name}.csv?${searches[name] ?? ''}`),
  'officers.csv?filter.rehearsals=true&rows=formalities&formalities.group=nbnp:demo-group-2',
  'groups.csv?rows=absences',
  'groups.csv?rows=meetings',
  'visits.csv?rows=stops',
  'visits.csv?rows=hostings',
  'visits.csv?rows=experts',
  'tasks.ics',
  'tasks.atom',
  'contacts.graphml',
  'sites.geojson',
];
const itineraryOf = (visit: string) => `itinerary.ics?id=${visit}`;

/** The tables of the record, of keys and of mails are nobody's texts. */
const isOfTexts = (table: string) =>
  !/disclosure|reading|change|chain|key|mail|witness|notice|claim|session|link|migration/.test(
    table,
  );

/** Marks every text of a partner: what has a space or an address in it. */
async function mark(code: string, source: DataSource): Promise<void> {
  for (const { tableName, columns } of source.entityMetadatas.filter((one) =>
    isOfTexts(one.tableName),
  ))
    for (const { databaseName: column, isPrimary, type } of columns) {
      if (isPrimary || type !== 'varchar') continue;
      await source.query(
        `UPDATE "${tableName}" SET "${column}" = "${column}" || ' §${code}.${tableName}.${column}.' || rowid || '§'
         WHERE ("${column}" LIKE '% %' OR "${column}" LIKE '%@%') AND "${column}" NOT LIKE '[%' AND "${column}" NOT LIKE '{%'`,
      );
    }
}

/** The marks in a file of any kind. A calendar's long lines are folded. */
const marksIn = (text: string): ReadonlySet<string> =>
  new Set(text.replaceAll(/\r\n[ \t]/g, '').match(/§[^§]+§/g));

async function openMarked(now: () => Date) {
  const network = await openNetwork('demonstration', {
    isGuarded: true,
    clock: now,
    hasChores: false,
  });
  for (const code of network.codes) await mark(code, network.serverOf(code).source);
  const get = async (file: string, asker?: Asker) => {
    const authorization = asker && `Bearer ${await createToken(network.keys, asker)}`;
    const response = await fetch(new URL(`/export/${file}`, network.hubUrl), {
      headers: { ...(authorization && { authorization }) },
    });
    const text = await response.text();
    const refusal = response.ok ? undefined : (JSON.parse(text) as Tree).errors[0].extensions.code;
    return { status: response.status, refusal: refusal as string | undefined, text };
  };
  return { network, get };
}

describe('a road of a participant', () => {
  const time = { now: clock() };
  let network: OpenNetwork;
  let tools: OpenTools;
  let get: Awaited<ReturnType<typeof openMarked>>['get'];
  beforeAll(async () => {
    ({ network, get } = await openMarked(() => time.now));
    tools = await openTools(network.hub, network.keys);
  });
  afterAll(async () => {
    await tools[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const drawn = sampleOf(2, Object.entries(personas));
  /** What \`me\` gives her, which the table of participants proves. */
  const ownMarks = async ({ who }: Persona) =>
    marksIn(JSON.stringify((await network.ask(everything, {}, who)).data));

  it.each(drawn)(
    'gives %s no file with a text that is not hers or everybody’s',
    async (_, persona) => {
      const own = await ownMarks(persona);
      if (persona.group !== undefined) expect(own.size).toBeGreaterThan(5);
      for (const file of [...sampleOf(2, files), ...visits.map(itineraryOf)]) {
        const [hers, public_] = [await get(file, persona.who), await get(file)];
        expect([undefined, 'FORBIDDEN'], file).toContain(hers.refusal);
        const told = marksIn(public_.text);
        const others = [...marksIn(hers.text)].filter((one) => !own.has(one) && !told.has(one));
        expect(others, file).toEqual([]);
      }
    },
  );

  it.each(drawn)('gives %s the calendar of her own journey alone', async (_, { who, group }) => {
    for (const [visit, journey] of Object.entries(journeys)) {
      const isHers = group !== undefined && journey.group === group;
      const { status, text } = await get(itineraryOf(visit), who);
      expect([status, /nbnp\.itinerary_stops\./.test(text)], visit).toEqual(
        isHers ? [200, true] : [403, false],
      );
    }
  });

  it.each(drawn)('makes %s no link, which would outlive her access', async (_, { who }) => {
    const authorization = `Bearer ${await createToken(network.keys, who)}`;
    for (const body of [
      ...visits.map((visit) => ({ visit })),
      { calendar: 'tasks' },
      { feed: 'tasks' },
      { feed: 'notices' },
    ]) {
      const response = await fetch(new URL('/export/links', network.hubUrl), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { errors } = (await response.json()) as Tree;
      expect([response.status, errors?.[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    }
  });

  it.each(drawn)('lets an assistant of %s read what is hers or everybody’s', async (_, persona) => {
    await using hers = await tools.connect(persona.who);
    await using anyone = await tools.connect();
    const own = await ownMarks(persona);
    const { tools: listed } = await hers.client.listTools();
    expect(listed.length).toBeGreaterThan(10);
    for (const { name, inputSchema } of sampleOf(3, listed)) {
      const given = Object.fromEntries(
        (inputSchema.required ?? [])
          .filter((argument) => argument !== 'purpose')
          .map((argument) => [argument, 'nbnp:demo-group-2']),
      );
      const told = marksIn((await anyone.call(name, given)).text);
      const found = [...marksIn((await hers.call(name, given)).text)];
      expect(
        found.filter((one) => !own.has(one) && !told.has(one)),
        name,
      ).toEqual([]);
      const { error } = await hers.call(name, { ...given, includeRestricted: true });
      expect(error.code, name).toBe('FORBIDDEN');
    }
  });

  it.each(drawn)(
    'tells %s no change but those that everybody reads, and no task',
    async (_, { who }) => {
      const token = await createToken(network.keys, who);
      await using stream = await openStream(network.hubUrl, { token });
      await untilFed(stream);
      const programme = runIn(network);
      const { version, email } = (
        await network.ask(
          '{ officer(id: "fi:demo-officer-3") { version email } }',
          {},
          { organisation: 'fi', role: 'coordinator' },
        )
      ).data.officer;
      await programme.done('fi', 'changeOfficer', { officer: 'fi:demo-officer-3', email, version });
      const { data } = await network.ask('{ events(first: 1) { nodes { id version } } }');
      const [event] = data.events.nodes as [{ id: string; version: number }];
      const title = `Event ${event.version}`;
      await programme.done('nbnp', 'changeEvent', {
        event: event.id,
        title,
        version: event.version,
      });
      expect((await stream.nextChange())?.result.data.changed.subject).toBe(event.id);
      const { errors } = await network.ask('{ tasks(first: 5) { nodes { id } } }', {}, who);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    },
  );

  it('is no record of an expert, or of nobody: they read `expert`, or nothing', async () => {
    const { who } = personas['an expert'] as Persona;
    const { data, errors } = await network.ask(
      '{ me { id } expert(id: "lv:demo-expert-1") { name } }',
      {},
      who,
    );
    expect([errors, data.me, typeof data.expert.name]).toEqual([undefined, null, 'string']);
    const nobody = personas['a person without a record'] as Persona;
    expect((await network.ask('{ me { id } }', {}, nobody.who)).data).toEqual({ me: null });
  });

  it('ends 31 days after the return', async () => {
    const visit = 'nbnp:demo-visit-4';
    const who: Asker = { organisation: 'fi', role: 'participant', person: 'fi:demo-officer-1' };
    const query = `{ visit(id: "${visit}") { returnedOn } }`;
    const { returnedOn } = (
      await network.ask(query, {}, { organisation: 'nbnp', role: 'coordinator' })
    ).data.visit;
    const read = async (days: number) => {
      time.now = new Date(Date.parse(`${returnedOn}T08:00:00Z`) + days * 86_400_000);
      const { data } = await network.ask(everything, {}, who);
      return [(await get(itineraryOf(visit), who)).status, data.me.groups[0].members !== null];
    };
    try {
      expect(await read(30)).toEqual([200, true]);
      expect(await read(31)).toEqual([403, false]);
    } finally {
      time.now = clock();
    }
  });
});

describe('a road of a participant whose journey or record is gone', () => {
  let network: OpenNetwork;
  let get: Awaited<ReturnType<typeof openMarked>>['get'];
  beforeAll(async () => {
    ({ network, get } = await openMarked(clock));
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('leads nowhere once her group is cancelled', async () => {
    const group = 'nbnp:demo-group-5';
    const programme = runIn(network);
    const version = await programme.versionOf('group', group);
    const input = { group, on: '2026-11-26', reason: 'No bus.', version };
    await programme.done('nbnp', 'cancelGroup', input);
    const { who } = personas['a delegate whose journey is ahead'] as Persona;
    expect((await get(itineraryOf('nbnp:demo-visit-5'), who)).refusal).toBe('FORBIDDEN');
    const { data } = await network.ask(everything, {}, who);
    const [{ members, visits: journey }] = data.me.groups;
    expect([typeof data.me.name, members]).toEqual(['string', null]);
    expect(marksIn(JSON.stringify(journey))).toEqual(new Set());
  });

  it('gives nobody what an erased person was', async () => {
    const id = 'fi:demo-officer-3';
    const { source } = network.serverOf('fi');
    const rows = await source.query('SELECT * FROM "officers" WHERE "id" = ?', [id]);
    const marks = marksIn(JSON.stringify(rows));
    expect(marks.size).toBeGreaterThan(1);
    const erase = 'mutation ($id: ID!) { eraseOfficer(id: $id) }';
    const coordinator = { organisation: 'fi', role: 'coordinator' } as const;
    expect((await network.ask(erase, { id }, coordinator)).errors).toBeUndefined();
    const { who } = personas['an officer whose journey is ahead'] as Persona;
    const askers: readonly Asker[] = [
      who,
      coordinator,
      { organisation: 'nbnp', role: 'coordinator' },
    ];
    for (const asker of askers) {
      const texts = await Promise.all(
        ['officers.csv?filter.rehearsals=true', 'groups.csv?rows=absences'].map((file) =>
          get(file, asker),
        ),
      );
      const own = JSON.stringify(await network.ask(everything, {}, asker));
      for (const text of [...texts.map((one) => one.text), own])
        expect([...marksIn(text)].filter((one) => marks.has(one))).toEqual([]);
    }
  });
});
