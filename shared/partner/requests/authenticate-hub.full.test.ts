import type { JWK } from 'jose';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { Ctx, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { Access } from '../../identity/access.js';
import { createAssertReader, hubIssuer } from '../../identity/assertion.js';
import { ensureKeyFiles, keyFilesOf, readKeyFile } from '../../identity/keys/key-file.js';
import { createKeyStore } from '../../identity/keys/key-store.js';
import type { Reader } from '../../identity/reader.js';
import { signRequest } from '../../identity/request-signature.js';
import { deriveChannel } from '../../identity/signature-form.js';
import { roles } from '../../identity/token.js';
import { noHub } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { silentLogger } from '../../system/logger.js';
import { createPartnerServer } from '../partner-server.js';
import { createSubgraph } from '../subgraph-schema.js';
import { createHubAuthentication } from './authenticate-hub.js';
import { overdueTasksPath } from './hub-path.js';

@Resolver()
class WhoResolver {
  @Query(() => String)
  @Access('open')
  who(@Ctx() { reader }: PartnerContext): string {
    return reader.kind === 'anonymous' ? 'nobody' : `${reader.subject} of ${reader.organisation}`;
  }
}

const anna: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'anna',
  role: 'coordinator',
  purpose: 'hosting',
};
const body = JSON.stringify({ query: '{ who }' });

interface Call {
  readonly partner?: string;
  readonly assertedFor?: string;
  readonly reader?: Reader;
  readonly at?: Date;
  readonly body?: string;
  /** @default that of GraphQL */
  readonly path?: string;
  /** Whose keys sign. @default the hub’s */
  readonly signer?: string;
}

/** A partner’s server and the hub’s signatures, with the keys of both. */
async function openNo(clock = () => new Date()) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-keys-'));
  for (const code of [hubIssuer, 'no', 'se']) await ensureKeyFiles(folder, code);
  const storeOf = (code: string, half: 'private' | 'public') =>
    createKeyStore({ files: new Map([[code, keyFilesOf(folder, code)[half]]]) });
  const { schema, policies } = await createSubgraph({ resolvers: [WhoResolver], references: {} });
  const server = await createPartnerServer({
    partner: 'no',
    schema,
    policies,
    source: await openDatabase({ url: 'sqlite::memory:', entities: [], migrations: [] }),
    logger: silentLogger,
    clock,
    authenticate: createHubAuthentication({
      partner: 'no',
      ownKeys: storeOf('no', 'private'),
      hubKeys: storeOf(hubIssuer, 'public'),
      clock,
    }),
    askHub: noHub,
    countOverdue: () =>
      Promise.resolve([{ organisation: 'se', kind: 'DECIDE_LOAN', countAtLeast: 2 }]),
  });
  const url = await server.listen(0);
  const keyOf = async (code: string, half: 'private' | 'public', use: string): Promise<JWK> => {
    const { keys } = await readKeyFile(keyFilesOf(folder, code)[half]);
    const key = keys.find((one) => one.use === use);
    if (!key) throw new Error(`${code} has no key to ${use}.`);
    return key;
  };
  const sign = async (call: Call = {}): Promise<Record<string, string>> => {
    const { partner = 'no', assertedFor = partner, reader = anna, signer = hubIssuer } = call;
    const at = () => call.at ?? clock();
    const [own, other] = [
      await keyOf(signer, 'private', 'enc'),
      await keyOf(partner, 'public', 'enc'),
    ];
    return signRequest({
      method: 'POST',
      path: call.path ?? '/graphql',
      body: call.body ?? body,
      partner,
      assertion: await createAssertReader(() => keyOf(signer, 'private', 'sig'), at)(
        reader,
        assertedFor,
      ),
      channel: deriveChannel(own, other, `${own.kid}`, `${other.kid}`),
      now: at(),
    });
  };
  const send = async (headers: Record<string, string>, sent = body) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: sent,
    });
    const answer = (await response.json()) as {
      data?: { who?: string };
      errors?: { extensions: { code: string } }[];
    };
    return answer.errors?.[0]?.extensions.code ?? answer.data?.who;
  };
  /** Sends a request to the path for what is overdue. */
  const askOverdue = async (headers: Record<string, string>) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(new URL(overdueTasksPath, url), { ...init, body: '{}' });
    const { overdue, errors } = (await response.json()) as {
      overdue?: unknown;
      errors?: { extensions: { code: string } }[];
    };
    return { status: response.status, said: overdue ?? errors?.[0]?.extensions.code };
  };
  return {
    sign,
    send,
    askOverdue,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe('UNAUTHENTICATED', () => {
  it('is sent to everybody except the hub, for any request', async () => {
    await using no = await openNo();
    expect(await no.send({})).toBe('UNAUTHENTICATED');
    expect(await no.send({ authorization: 'Bearer abc', 'hub-partner': 'no' })).toBe(
      'UNAUTHENTICATED',
    );
    for (const query of [
      '{ _service { sdl } }',
      '{ _entities(representations: []) { __typename } }',
      '{',
    ]) {
      expect(await no.send({}, JSON.stringify({ query })), query).toBe('UNAUTHENTICATED');
    }
    const ownMade = await no.sign({ signer: 'se' });
    expect(await no.send(ownMade)).toBe('UNAUTHENTICATED');
  });

  it('is raised for a request to another partner, or with an assertion for another', async () => {
    await using no = await openNo();
    expect(await no.send(await no.sign({ partner: 'se' }))).toBe('UNAUTHENTICATED');
    expect(await no.send({ ...(await no.sign({ partner: 'se' })), 'hub-partner': 'no' })).toBe(
      'UNAUTHENTICATED',
    );
    expect(await no.send(await no.sign({ assertedFor: 'se' }))).toBe('UNAUTHENTICATED');
  });

  it('is raised for a changed body, assertion or signature', async () => {
    await using no = await openNo();
    expect(await no.send(await no.sign(), JSON.stringify({ query: '{ it: who }' }))).toBe(
      'UNAUTHENTICATED',
    );
    const { 'hub-assertion': assertion = '' } = await no.sign({
      reader: { ...anna, organisation: 'nbnp' },
    });
    expect(await no.send({ ...(await no.sign()), 'hub-assertion': assertion })).toBe(
      'UNAUTHENTICATED',
    );
    const signed = await no.sign();
    for (const name of Object.keys(signed)) {
      const { [name]: _taken, ...rest } = signed;
      expect(await no.send(rest), name).toBe('UNAUTHENTICATED');
    }
  });

  it('is raised for a replayed, an old and a future request', async () => {
    const now = new Date('2026-11-24T12:00:00Z');
    await using no = await openNo(() => now);
    const signed = await no.sign();
    expect(await no.send(signed)).toBe('anna of dk');
    expect(await no.send(signed)).toBe('UNAUTHENTICATED');
    for (const seconds of [-301, 60]) {
      const at = new Date(now.getTime() + seconds * 1_000);
      expect(await no.send(await no.sign({ at })), `${seconds}`).toBe('UNAUTHENTICATED');
    }
  });
});

describe('createHubAuthentication', () => {
  it('identifies the caller, also an anonymous one', async () => {
    await using no = await openNo();
    expect(await no.send(await no.sign())).toBe('anna of dk');
    expect(await no.send(await no.sign({ reader: { kind: 'anonymous' } }))).toBe('nobody');
  });

  it('ignores headers that the signature does not cover', async () => {
    await using no = await openNo();
    const forged = { 'x-reader': 'boss', authorization: 'Bearer x', 'hub-role': 'auditor' };
    expect(await no.send({ ...(await no.sign()), ...forged })).toBe('anna of dk');
  });
});

describe('POST /overdue-tasks', () => {
  const asked = { path: overdueTasksPath, body: '{}' };
  const nobody: Reader = { kind: 'anonymous' };

  it('tells the hub itself, which has no caller', async () => {
    await using no = await openNo();
    const said = [{ organisation: 'se', kind: 'DECIDE_LOAN', countAtLeast: 2 }];
    const signed = await no.sign({ ...asked, reader: nobody });
    expect(await no.askOverdue(signed)).toEqual({ status: 200, said });
    const unauthenticated = { status: 401, said: 'UNAUTHENTICATED' };
    expect(await no.askOverdue(signed), 'a second time').toEqual(unauthenticated);
  });

  it.each(roles)('refuses a request of the hub for a caller with the role %s', async (role) => {
    await using no = await openNo();
    for (const organisation of ['no', 'dk', 'nbnp']) {
      const signed = await no.sign({ ...asked, reader: { ...anna, organisation, role } });
      expect(await no.askOverdue(signed)).toEqual({ status: 403, said: 'FORBIDDEN' });
    }
  });

  it('refuses everybody else', async () => {
    await using no = await openNo();
    const foreign: [string, Record<string, string>][] = [
      ['nobody', {}],
      ['another partner', await no.sign({ ...asked, reader: nobody, signer: 'se' })],
      ['the hub, for GraphQL', await no.sign({ body: '{}', reader: nobody })],
      ['the hub, to another', await no.sign({ ...asked, reader: nobody, partner: 'se' })],
    ];
    for (const [who, headers] of foreign)
      expect(await no.askOverdue(headers), who).toEqual({ status: 401, said: 'UNAUTHENTICATED' });
  });
});
