import { HubError } from '@hub/shared/errors';
import { createOperationLimiter, defaultLimits, OperationPipeline } from '@hub/shared/graphql';
import { anonymous, type Reader, type tokens } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { participantOf } from '@hub/shared/testing';
import { buildSchema } from 'graphql';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { HubRequest } from '../../../server/hub-request.js';
import { createRateLimit } from '../../../server/security/rate-limit.js';
import { createHubServer } from '../../../server/server.js';
import { createExports } from '../exports.js';
import { registerExports } from '../register-exports.js';
import { createCalendarLinks } from './calendar-links.js';
import { createLinkStore } from './link-store.js';
import { registerLinks } from './register-links.js';

interface Context {
  readonly requestId: string;
  readonly reader: Reader;
}

const document = {
  fileName: 'itinerary.ics',
  format: 'ics',
  text: 'query ($id: ID!) { calendar: visit(id: $id) { name: title events: stops { uid: id date: day } } }',
} as const;
const tasks = [
  {
    fileName: 'tasks.ics',
    format: 'ics',
    text: '{ calendar: tasks { events: nodes { uid: id date: day } } }',
  },
  {
    fileName: 'tasks.atom',
    format: 'atom',
    text: '{ feed: tasks { entries: nodes { id since: day } } }',
  },
] as const;

/** `dk.anna.analyst`, instead of a token. */
const personOf = (authorization: string | undefined): Reader => {
  if (authorization === undefined) return anonymous;
  const [organisation = '', subject = '', role] = authorization.split('.');
  if (role === 'participant') return participantOf(`${organisation}:${subject}`);
  return { kind: 'person', organisation, subject, role: role as tokens.Role, purpose: undefined };
};

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A hub with one visit, which Denmark may read, and its links. */
export async function openHub(limits = { perSecond: 1_000, burst: 1_000 }, hasFeeds = true) {
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
  const schema =
    buildSchema(`type Query { visit(id: ID!): Visit tasks: Tasks } type Tasks { nodes: [Stop!] }
    type Visit { title: String endsOn: String stops: [Stop!] } type Stop { id: ID! day: String! }`);
  const field = schema.getQueryType()?.getFields()['visit'];
  if (field)
    field.resolve = (_, { id }, context: Context) => (id === 'nbnp:v' ? visit(id, context) : null);
  const list = schema.getQueryType()?.getFields()['tasks'];
  if (list)
    list.resolve = (_root, _args, { reader }: Context) => {
      state.seen.push(reader);
      const of = reader.kind === 'person' ? reader.organisation : '';
      return { nodes: [{ id: `nbnp:task/${of}`, day: '2026-12-14' }] };
    };
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
    documents: [document, ...tasks],
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
    writeFeed: hasFeeds ? (organisation) => `<feed>of ${organisation}</feed>` : undefined,
    countTry: (address) => tries.count(anonymous, address),
  });
  const server = await createHubServer<Context>({
    hub: {
      ...hub,
      plugins: [
        {
          async serve({ http }) {
            registerExports(http, exports);
            registerLinks(http, links);
          },
        },
      ],
    },
    logger,
  });
  const origin = await server.listen(0);
  const send = async (
    path: string,
    authorization?: string,
    init: RequestInit = {},
  ): Promise<Sent> => {
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
