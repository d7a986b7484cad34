import { HubError } from '@hub/shared/errors';
import { OperationPipeline } from '@hub/shared/graphql';
import { anonymous, type Reader, type Role } from '@hub/shared/identity';
import { createOperationLimiter, defaultLimits } from '@hub/shared/limits';
import { silentLogger } from '@hub/shared/telemetry';
import { buildSchema } from 'graphql';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { HubRequest } from '../../http/hub-request.js';
import { createHubServer } from '../../http/server.js';
import { createRateLimit } from '../../security/rate-limit.js';
import { createExports } from '../exports.js';
import { createCalendarLinks } from './calendar-links.js';
import { createLinkStore } from './link-store.js';

interface Context {
  readonly requestId: string;
  readonly reader: Reader;
}

const document = {
  fileName: 'itinerary.ics',
  format: 'ics',
  text: 'query ($id: ID!) { calendar: visit(id: $id) { name: title events: stops { uid: id date: day } } }',
} as const;

/** `dk.anna.analyst`, instead of a token. */
const personOf = (authorization: string | undefined): Reader => {
  if (authorization === undefined) return anonymous;
  const [organisation = '', subject = '', role] = authorization.split('.');
  return { kind: 'person', organisation, subject, role: role as Role, purpose: undefined };
};

/** A hub with one visit, which Denmark may read, and its links. */
async function openHub(limits = { perSecond: 1_000, burst: 1_000 }) {
  const folder = await mkdtemp(join(tmpdir(), 'calendar-links-'));
  const state = {
    now: '2026-11-26T12:00:00Z',
    endsOn: '2026-12-18' as string | null,
    readers: ['dk', 'fi'],
    members: ['dk', 'fi', 'no'],
    seen: [] as Reader[],
  };
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const visit = (_: unknown, { reader }: Context) => {
    state.seen.push(reader);
    const mayRead = reader.kind === 'person' && state.readers.includes(reader.organisation);
    const stops = () => {
      if (!mayRead) throw new HubError('FORBIDDEN');
      return [{ id: 'nbnp:s', day: '2026-12-14' }];
    };
    return { title: 'A week', endsOn: state.endsOn, stops };
  };
  const schema = buildSchema(`type Query { visit(id: ID!): Visit }
    type Visit { title: String endsOn: String stops: [Stop!] } type Stop { id: ID! day: String! }`);
  schema.getQueryType()!.getFields()['visit']!.resolve = (_, { id }, context: Context) =>
    id === 'nbnp:v' ? visit(id, context) : null;
  const limiter = createOperationLimiter(defaultLimits);
  const pipeline = new OperationPipeline<Context>({ source: { schema }, logger: silentLogger });
  await pipeline.start();
  const hub = {
    pipeline,
    limiter,
    schema,
    supergraphSdl: 'type A { a: Int }',
    isReady: () => true,
    createContext: async ({ requestId, authorization, reader }: HubRequest) => ({
      requestId,
      reader: reader ?? personOf(authorization),
    }),
  };
  const clock = () => new Date(state.now);
  const content = {
    documents: [document],
    places: { source: '', precision: '', places: [] },
    scalars: [],
  };
  const exports = createExports<Context>({ hub, logger, content, clock });
  const store = createLinkStore(join(folder, 'links.sqlite'));
  const tries = createRateLimit(limits);
  const links = createCalendarLinks<Context>({
    hub,
    exports,
    store,
    logger,
    clock,
    isMember: (organisation) => state.members.includes(organisation),
    countTry: (address) => tries.count(anonymous, address),
  });
  const server = await createHubServer({ hub, logger, exports, links });
  const origin = await server.listen(0);
  const send = async (path: string, authorization?: string, init: RequestInit = {}) => {
    const headers = {
      ...(authorization && { authorization }),
      ...(init.body && { 'content-type': 'application/json' }),
    };
    const response = await fetch(new URL(path, origin), { ...init, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  };
  return {
    state,
    lines,
    send,
    async create(authorization?: string, body: unknown = { visit: 'nbnp:v' }) {
      const init = { method: 'POST', body: JSON.stringify(body) };
      const { status, text } = await send('/export/links', authorization, init);
      const { link, address, errors } = JSON.parse(text);
      return { status, link, address: String(address), refusal: errors?.[0]?.extensions };
    },
    async list(authorization?: string) {
      const { text } = await send('/export/links', authorization);
      return JSON.parse(text).links as { readonly id: string }[];
    },
    revoke: async (id: string, authorization?: string) =>
      (await send(`/export/links/${id}`, authorization, { method: 'DELETE' })).status,
    async [Symbol.asyncDispose]() {
      await server.close();
      await pipeline.stop();
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const anna = 'dk.anna.analyst';

describe('POST /export/links', () => {
  it('makes an address at which a calendar program reads as the person, without a token', async () => {
    await using hub = await openHub();
    const { status, link, address } = await hub.create(anna);
    expect([status, link]).toEqual([
      201,
      {
        id: expect.any(String),
        subject: 'anna',
        role: 'analyst',
        visit: 'nbnp:v',
        createdOn: '2026-11-26',
        expiresOn: '2027-01-17',
      },
    ]);
    const calendar = await hub.send(address);
    expect([calendar.status, calendar.text]).toEqual([200, expect.stringContaining('UID:nbnp:s@')]);
    expect(Object.fromEntries(calendar.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    const person = { organisation: 'dk', subject: 'anna', role: 'analyst' };
    expect(hub.state.seen.at(-1)).toMatchObject({ ...person, purpose: 'calendar link' });
  });

  it('is for people, and for a visit whose itinerary they may read', async () => {
    await using hub = await openHub();
    const code = async (...given: Parameters<typeof hub.create>) => {
      const { status, refusal } = await hub.create(...given);
      return [status, refusal?.code, refusal?.argument];
    };
    expect(await code()).toEqual([401, 'UNAUTHENTICATED', undefined]);
    expect(await code('dk.server.service')).toEqual([403, 'FORBIDDEN', undefined]);
    expect(await code('no.per.analyst')).toEqual([403, 'FORBIDDEN', undefined]);
    expect(await code(anna, { visit: 'nbnp:none' })).toEqual([404, 'NOT_FOUND', undefined]);
    const bodies = [{}, [], 'x', { visit: 7 }, { visit: '' }, { visit: 'x'.repeat(201) }];
    for (const body of [...bodies, { visit: 'nbnp:v', role: 'coordinator' }])
      expect(await code(anna, body)).toEqual([400, 'BAD_USER_INPUT', 'visit']);
    hub.state.endsOn = '2026-10-01';
    expect(await code(anna)).toEqual([400, 'BAD_USER_INPUT', 'visit']);
    expect(await hub.list(anna)).toEqual([]);
  });
});

describe('GET /export/links/<id>/<key>.ics', () => {
  it('gives what the person may read at the time, while the organisation is in the network', async () => {
    await using hub = await openHub();
    const { address } = await hub.create(anna);
    hub.state.readers = ['fi'];
    expect((await hub.send(address)).status).toBe(403);
    expect((await hub.send(address, 'fi.eve.coordinator')).status).toBe(403);
    hub.state.readers = ['dk'];
    expect((await hub.send(address)).status).toBe(200);
    hub.state.members = ['fi'];
    expect((await hub.send(address)).status).toBe(404);
  });

  it('ends thirty days after the visit, wherever the visit was moved meanwhile', async () => {
    await using hub = await openHub();
    const { address } = await hub.create(anna);
    hub.state.endsOn = '2027-02-01';
    expect((await hub.send(address)).status).toBe(200);
    hub.state.now = '2027-03-03T12:00:00Z';
    expect((await hub.send(address)).status).toBe(200);
    hub.state.now = '2027-03-04T12:00:00Z';
    expect((await hub.send(address)).status).toBe(404);
    expect(await hub.list(anna)).toEqual([]);
  });

  it('is NOT_FOUND for every other key and id, in the same words', async () => {
    await using hub = await openHub();
    const [one, other] = [await hub.create(anna), await hub.create('fi.bo.analyst')];
    const [, , , id = '', key = ''] = one.address.replace('.ics', '').split('/');
    const otherKey = other.address.split('/').at(-1) ?? '';
    const flipped = `${key.startsWith('A') ? 'B' : 'A'}${key.slice(1)}`;
    const tried = await Promise.all(
      [
        `${id}/${flipped}.ics`,
        `${id}/${otherKey}`,
        `${id}/${key.slice(1)}.ics`,
        `${'x'.repeat(16)}/${key}.ics`,
        `${id}/%00.ics`,
        `x/y`,
      ].map((path) => hub.send(`/export/links/${path}`)),
    );
    expect(tried.map(({ status }) => status)).toEqual(tried.map(() => 404));
    expect(new Set(tried.map(({ text }) => text)).size).toBe(1);
  });

  it('refuses guesses of one address after some, before it looks at the key', async () => {
    await using hub = await openHub({ perSecond: 0.001, burst: 3 });
    const { address } = await hub.create(anna);
    const guess = () => hub.send(`/export/links/${'x'.repeat(16)}/${'y'.repeat(43)}.ics`);
    for (let count = 0; count < 3; count += 1) expect((await guess()).status).toBe(404);
    expect((await guess()).status).toBe(429);
    const refused = await hub.send(address);
    expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true]);
  });

  it('reads that calendar alone', async () => {
    await using hub = await openHub();
    const { address } = await hub.create(anna);
    expect((await hub.send(`${address}?id=nbnp:other`)).text).toContain('nbnp:s');
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'])
      expect((await hub.send(address, undefined, { method })).status).toBe(405);
    const key = address.split('/').at(-1)?.replace('.ics', '');
    expect(await hub.list(`${key}.x.analyst`)).toEqual([]);
  });

  it('leaves its key in no line of the log, nor in the list', async () => {
    await using hub = await openHub();
    const { address } = await hub.create(anna);
    const key = address.split('/').at(-1)?.replace('.ics', '') ?? '';
    await hub.send(address);
    await hub.send(address, undefined, { method: 'PUT' });
    await hub.send(`${address}/more`);
    hub.state.readers = [];
    await hub.send(address);
    const listed = await hub.send('/export/links', anna);
    expect(hub.lines.length).toBeGreaterThan(3);
    for (const text of [...hub.lines, listed.text]) expect(text).not.toContain(key);
    expect(hub.lines.join('')).toContain('/export/links/:id/:file');
  });
});

describe('DELETE /export/links/<id>', () => {
  it('revokes one’s own link, and as a co-ordinator those of the organisation', async () => {
    await using hub = await openHub();
    const [own, ofBo] = [await hub.create(anna), await hub.create('dk.bo.liaison')];
    expect(await hub.list(anna)).toEqual([own.link]);
    expect(await hub.list('fi.eve.coordinator')).toEqual([]);
    const coordinator = 'dk.carl.coordinator';
    expect(await hub.list(coordinator)).toHaveLength(2);
    expect(await hub.revoke(ofBo.link.id)).toBe(401);
    for (const stranger of [anna, 'fi.eve.coordinator', 'fi.bo.liaison'])
      expect(await hub.revoke(ofBo.link.id, stranger)).toBe(404);
    expect((await hub.send(ofBo.address)).status).toBe(200);
    expect(await hub.revoke(ofBo.link.id, coordinator)).toBe(204);
    expect(await hub.revoke(own.link.id, anna)).toBe(204);
    for (const { address } of [own, ofBo]) expect((await hub.send(address)).status).toBe(404);
    expect(await hub.revoke(own.link.id, anna)).toBe(404);
  });
});
