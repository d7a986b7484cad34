import {
  createKeyStore,
  deriveChannel,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
} from '@hub/shared/identity';
import { plainConnect } from '@hub/shared/server';
import { createDisposableStack, inner } from '@hub/shared/testing';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { composeSupergraph } from '../../registry/compose.js';
import { createAdministrationLog } from '../../registry/records/administration-log.js';
import { createReleaseStore } from '../../registry/releases/release-store.js';
import { createRequestSigner } from '../../server/security/sign-request.js';
import { createNoticeStore } from './notice-store.js';
import { createOverdueWatch, type OverdueWatch } from './overdue-watch.js';
import { createOwnerNotices } from './owner-notices.js';
import { sendNotices } from './send-notices.js';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';

/** The contract of two police forces. */
const police = `${link} type Query { officers: [Officer!] }
  type Officer @key(fields: "id") { id: ID! rank: Int unit: String }`;

/** The contract of a network that uses some fields of theirs. */
const networkThatUses = (...fields: string[]) => `${link} type Query { groups: [Int!] }
  type Officer @key(fields: "id") { id: ID! ${fields.map((field) => `${field === 'rank' ? 'rank: Int' : `${field}: String`} @external`).join(' ')}
    line: String ${fields.length > 0 ? `@requires(fields: "${fields.join(' ')}")` : ''} }`;

const codes = ['dk', 'fi', 'nbnp'] as const;

/** What a server received: a body whose signature is valid, or the reason why it is not. */
interface Received {
  readonly body?: { readonly notices: readonly Record<string, unknown>[] };
  readonly refusal?: unknown;
}

/** A server of an owner, which verifies what it receives as partners do. */
export async function openReceiver(code: string, keys: string) {
  const received: Received[] = [];
  const paths: string[] = [];
  const state = {
    respond: (response: ServerResponse): void => void response.writeHead(204).end(),
  };
  const keyOf = (file: string, owner: string) =>
    createKeyStore({ files: new Map([[owner, file]]) }).agreementKeysOf(owner);
  const [[own], [hub]] = await Promise.all([
    keyOf(keyFilesOf(keys, code).private, code),
    keyOf(keyFilesOf(keys, hubIssuer).public, hubIssuer),
  ]);
  if (!own || !hub) throw new Error('There are no keys.');
  const channel = deriveChannel(own, hub, `${hub.kid}`, `${own.kid}`);
  const verify = inner.createRequestVerifier({
    partner: code,
    channelOf: (id) => Promise.resolve(id === channel.id ? channel : undefined),
    replays: inner.createReplayGuard(inner.longestAgeSeconds + 10, new Date()),
  });
  const server = createServer((request, response) => {
    const take = async () => {
      const body = await text(request);
      const { method = '', url: path = '', headers } = request;
      paths.push(path);
      await verify({ method, path, body, headers }).then(
        () => received.push({ body: JSON.parse(body) }),
        (refusal: unknown) => received.push({ refusal }),
      );
      state.respond(response);
    };
    void take();
  });
  const listen = async (port = 0) => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen();
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    address: `http://127.0.0.1:${port}/notices`,
    received,
    paths,
    state,
    /** The events and what they are about, in the order in which they were received. */
    events: () => received.flatMap(({ body }) => body?.notices ?? []),
    close,
    reopen: () => listen(port),
    [Symbol.asyncDispose]: close,
  };
}

/** Owners, a log and releases; notices of them can be opened over one folder again and again. */
export async function openOwners() {
  const stack = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-owner-notices-'));
  stack.use({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
  const keys = join(folder, 'keys');
  for (const code of [hubIssuer, ...codes]) await ensureKeyFiles(keys, code);
  const fileOf = (code: string, half: 'private' | 'public') => keyFilesOf(keys, code)[half];
  const sign = createRequestSigner({
    ownKeys: createKeyStore({ files: new Map([[hubIssuer, fileOf(hubIssuer, 'private')]]) }),
    partnerKeys: createKeyStore({
      files: new Map(codes.map((code) => [code, fileOf(code, 'public')])),
    }),
  });
  const time = { now: Date.parse('2026-11-30T08:00:00Z') };
  const clock = () => new Date(time.now);
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const logFile = join(folder, 'administration.jsonl');
  const administration = createAdministrationLog(logFile, clock);
  const releases = createReleaseStore(join(folder, 'releases'));
  const storeFile = join(folder, 'owner-notices.json');
  const addresses = new Map<string, string>();
  const urls = new Map<string, string>();
  const partners = () =>
    codes.map((code) => ({
      code,
      subgraph: code === 'nbnp' ? 'network' : 'police',
      url: urls.get(code) ?? 'http://127.0.0.1:4111/graphql',
    }));
  return {
    time,
    lines,
    logFile,
    storeFile,
    administration,
    addresses,
    /** The URL of an organisation’s server. @default on this machine */
    urls,
    store: createNoticeStore(storeFile),
    openReceiver: async (code: string) => stack.use(await openReceiver(code, keys)),
    /** A release in which the network uses these fields of the police forces. */
    async release(...fields: string[]) {
      const made = composeSupergraph([
        { name: 'police', sdl: police, url: '' },
        { name: 'network', sdl: networkThatUses(...fields), url: '' },
      ]);
      if (made.errors) throw new Error(made.errors[0]?.message);
      const { number } = await releases.write({
        reason: 'Mrs Jensen has asked for it',
        isPinned: false,
        basis: 'ab'.repeat(32),
        supergraphSdl: made.supergraphSdl,
        contracts: [],
        publications: {},
      });
      await administration.append('RELEASED', { release: number, reason: 'Mrs Jensen' });
      return number;
    },
    quarantine: (partner: string) =>
      administration.append('QUARANTINED', {
        partner,
        sequence: 7,
        schemaVersion: '2.1',
        reasons: [{ rule: 'override', place: 'Group.title (14:3)', message: 'Mrs Jensen' }],
      }),
    propose: (contract: string, proposal: number) =>
      administration.append('CONTRACT_PROPOSED', { contract, proposal, hash: 'ab' }),
    openWatch: () =>
      createOverdueWatch({
        partners: partners().filter(({ code }) => urls.has(code)),
        contracts: [{ name: 'network', sdl: 'enum Kind { DECIDE_LOAN CONFIRM_STOP SIGN }' }],
        sign,
        logger,
        deadlineMs: 500,
        clock,
      }),
    open: (watch?: Pick<OverdueWatch, 'take'>) =>
      createOwnerNotices({
        partners: partners(),
        ...(watch && { takeOverdue: watch.take }),
        addressOf: (code) => addresses.get(code),
        administration,
        releases,
        store: createNoticeStore(storeFile),
        sign,
        logger,
        deadlineMs: 500,
        clock,
      }),
    /** As in the registry’s process, which has not begun to fetch what partners publish. */
    openSender: () =>
      sendNotices({
        partners: partners(),
        contracts: [],
        stateOf: (code) => ({ said: { notices: addresses.get(code) } }),
        files: { releases, noticesFile: storeFile },
        administration,
        started: new Promise(() => undefined),
        sign,
        connect: plainConnect,
        logger,
      }),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

/** Owners of whom Denmark has an address, with notices that begin now. */
export async function openDanish() {
  const owners = await openOwners();
  const danish = await owners.openReceiver('dk');
  owners.addresses.set('dk', danish.address);
  await using first = owners.open();
  await first.round();
  return { ...owners, danish };
}
