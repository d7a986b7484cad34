import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../errors/hub-error.js';
import { ensureKeyFiles, keyFilesOf } from '../../identity/keys/key-file.js';
import { createKeyStore } from '../../identity/keys/key-store.js';
import { verifyToken } from '../../identity/token.js';
import { connectHub, createMissingNote, limitAskHub, noHub } from './ask-hub.js';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const json =
  (value: unknown): Answer =>
  (_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

/** A hub that responds as the test says, and a police partner that asks it. */
async function openHub(answer: Answer, deadlineMs = 4_000) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-keys-'));
  await ensureKeyFiles(folder, 'no');
  const keysIn = (half: 'private' | 'public') =>
    createKeyStore({ files: new Map([['no', keyFilesOf(folder, 'no')[half]]]) });
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connection = connectHub({
    hubUrl: `http://127.0.0.1:${port}/graphql`,
    partner: 'no',
    signingKey: async () => {
      const [key] = await keysIn('private').signingKeysOf('no');
      if (!key) throw new Error('There is no key.');
      return key;
    },
    deadlineMs,
  });
  return {
    ask: connection.askHub,
    keys: keysIn('public'),
    async [Symbol.asyncDispose]() {
      await connection.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const refusal = (code: string, partner: string) => ({ extensions: { code, partner } });

describe('connectHub', () => {
  it('asks in the partner’s own name and role, and returns the data', async () => {
    const tokens: string[] = [];
    const bodies: string[] = [];
    await using hub = await openHub((request, response, body) => {
      tokens.push(String(request.headers.authorization).replace('Bearer ', ''));
      bodies.push(body);
      json({ data: { group: { id: 'nbnp:g' } } })(request, response, body);
    });
    const query = 'query ($id: ID!) { group(id: $id) { id } }';
    expect(await hub.ask(query, { id: 'nbnp:g' })).toEqual({ group: { id: 'nbnp:g' } });
    expect(JSON.parse(bodies[0] ?? '')).toEqual({ query, variables: { id: 'nbnp:g' } });
    const { bearer } = await verifyToken(tokens[0] ?? '', { audience: 'hub', keys: hub.keys });
    expect(bearer).toMatchObject({
      organisation: 'no',
      role: 'service',
      purpose: 'PROGRAMME: policy',
    });
    await hub.ask(query, { id: 'nbnp:g' });
    expect(tokens[1]).toBe(tokens[0]);
  });

  it('sends the name of the client that asked the partner', async () => {
    const names: unknown[] = [];
    await using hub = await openHub((request, response, body) => {
      names.push(request.headers['apollographql-client-name']);
      json({ data: {} })(request, response, body);
    });
    await hub.ask('{ groups }');
    await limitAskHub(hub.ask, undefined, 'desk')('{ groups }');
    expect(names).toEqual([undefined, 'desk']);
  });

  it.each<[what: string, answer: Answer, code: string, partner: string]>([
    [
      'the code of the missing partner',
      json({
        data: { group: null },
        errors: [{ extensions: { code: 'PARTNER_TIMED_OUT', partner: 'nbnp' } }],
      }),
      'PARTNER_TIMED_OUT',
      'nbnp',
    ],
    [
      'a missing partner and a forbidden field',
      json({
        data: { group: null },
        errors: [
          { extensions: { code: 'FORBIDDEN' } },
          { extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
        ],
      }),
      'PARTNER_UNAVAILABLE',
      'nbnp',
    ],
    [
      'an error of the hub’s own',
      json({ data: null, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }),
      'PARTNER_UNAVAILABLE',
      'hub',
    ],
    [
      'fields that a hub of an earlier version does not have',
      json({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }),
      'PARTNER_LACKS_FIELD',
      'hub',
    ],
    [
      'an error of a partner that the hub names',
      json({
        data: { group: null },
        errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR', partner: 'lv' } }],
      }),
      'PARTNER_UNAVAILABLE',
      'lv',
    ],
    ['no data', json({}), 'PARTNER_UNAVAILABLE', 'hub'],
    ['no JSON', (_, response) => response.end('<html>'), 'PARTNER_UNAVAILABLE', 'hub'],
    ['a broken connection', (request) => request.socket.destroy(), 'PARTNER_UNAVAILABLE', 'hub'],
  ])('throws if the response is incomplete: %s', async (_, answer, code, partner) => {
    await using hub = await openHub(answer);
    await expect(hub.ask('{ group }')).rejects.toMatchObject(refusal(code, partner));
  });

  it.each<[what: string, status: number, answer: object, code: string]>([
    ['it is too busy', 503, { errors: [{ extensions: { code: 'OVERLOADED' } }] }, 'OVERLOADED'],
    [
      'the rate is used up',
      429,
      { errors: [{ extensions: { code: 'RATE_LIMITED' } }] },
      'OVERLOADED',
    ],
    [
      'it left something out',
      200,
      {
        data: { group: null },
        errors: [{ extensions: { code: 'FORBIDDEN' } }, { extensions: { code: 'OVERLOADED' } }],
      },
      'OVERLOADED',
    ],
    [
      'a partner is missing too',
      200,
      {
        data: { group: null },
        errors: [
          { extensions: { code: 'OVERLOADED' } },
          { extensions: { code: 'PARTNER_TIMED_OUT', partner: 'nbnp' } },
        ],
      },
      'PARTNER_TIMED_OUT',
    ],
  ])('names no partner if the hub itself refuses: %s', async (_, status, answer, code) => {
    await using hub = await openHub((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
    await expect(hub.ask('{ group }')).rejects.toMatchObject({ extensions: { code } });
  });

  it('tells what is missing and why, if a partial response is enough', async () => {
    const away = (partner: string, path: unknown) => ({
      path,
      extensions: { code: 'PARTNER_TIMED_OUT', partner },
    });
    const errors = [
      away('dk', ['group', 'members', 0]),
      { path: ['group'], extensions: { code: 'FORBIDDEN' } },
      { path: ['other'], extensions: { code: 'NOT_FOUND' } },
      away('se', undefined),
      { path: ['group'], extensions: { code: 'INTERNAL_SERVER_ERROR', partner: 'lv' } },
    ];
    await using hub = await openHub(json({ data: { group: null }, errors }));
    const missing: unknown[] = [];
    const onMissing = ({ code, extensions: { partner } }: HubError, path: unknown) =>
      missing.push([code, partner, path]);
    const options = { extent: 'known', onMissing } as const;
    expect(await hub.ask('{ group }', {}, options)).toEqual({ group: null });
    expect(missing).toEqual([
      ['PARTNER_TIMED_OUT', 'dk', ['group', 'members', 0]],
      ['FORBIDDEN', undefined, ['group']],
      ['PARTNER_TIMED_OUT', 'se', []],
      // It answered, but not this: what it has is missing all the same.
      ['PARTNER_UNAVAILABLE', 'lv', ['group']],
    ]);
  });

  it('throws FORBIDDEN if the partner may not know', async () => {
    const errors = [{ extensions: { code: 'FORBIDDEN' } }];
    await using hub = await openHub(json({ data: { group: null }, errors }));
    await expect(hub.ask('{ group }')).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('accepts a null for an unknown id', async () => {
    const errors = [{ extensions: { code: 'NOT_FOUND' } }];
    await using hub = await openHub(json({ data: { group: null }, errors }));
    expect(await hub.ask('{ group }')).toEqual({ group: null });
  });

  it('does not wait longer than its deadline', async () => {
    await using hub = await openHub(() => undefined, 100);
    await expect(hub.ask('{ group }')).rejects.toMatchObject(refusal('PARTNER_TIMED_OUT', 'hub'));
  });

  it('throws if the hub is unavailable', async () => {
    const { ask } = await (async () => {
      await using hub = await openHub(json({ data: {} }));
      return hub;
    })();
    await expect(ask('{ group }')).rejects.toMatchObject(refusal('PARTNER_UNAVAILABLE', 'hub'));
  });
});

describe('noHub', () => {
  it('answers nothing', async () => {
    await expect(noHub('{ group }')).rejects.toMatchObject(refusal('PARTNER_UNAVAILABLE', 'hub'));
  });
});

const at = (key: string) => ({
  path: { prev: undefined, key, typename: 'Query' },
  fieldNodes: [],
});

describe('createMissingNote', () => {
  it('says at each field once which partner is missing', () => {
    const missing = createMissingNote();
    const away = (partner: string) => new HubError('PARTNER_UNAVAILABLE', { partner });
    missing.note(away('ncm'), at('contacts'));
    missing.note(away('ncm'), at('contacts'));
    missing.note(away('dk'), at('contacts'));
    missing.note(away('ncm'), at('centralities'));
    missing.note(new HubError('OVERLOADED', { retryAfter: 1 }), at('contacts'));
    expect(missing.errors.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
      { path: ['contacts'], code: 'PARTNER_UNAVAILABLE', partner: 'ncm' },
      { path: ['contacts'], code: 'PARTNER_UNAVAILABLE', partner: 'dk' },
      { path: ['centralities'], code: 'PARTNER_UNAVAILABLE', partner: 'ncm' },
      { path: ['contacts'], code: 'OVERLOADED', retryAfter: 1 },
    ]);
  });
});
