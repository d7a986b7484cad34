import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureKeyFiles, keyFilesOf } from '../../identity/keys/key-file.js';
import { createKeyStore } from '../../identity/keys/key-store.js';
import { createRefreshVerifier, refreshPath } from '../../records/manifest/refresh.js';
import { createHttpServer, listen } from '../../server/http/http-server.js';
import { silentLogger } from '../../system/logger.js';
import { createPartnerIdentity, identityIn } from '../partner-identity.js';

describe('refreshHub', () => {
  const prepare = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-refresh-'));
    for (const code of ['hub', 'dk']) await ensureKeyFiles(folder, code);
    const keysOf = (code: string, half: 'private' | 'public') =>
      createKeyStore({ files: new Map([[code, keyFilesOf(folder, code)[half]]]) });
    return {
      verify: createRefreshVerifier({
        ownKeys: keysOf('hub', 'private'),
        partnerKeys: keysOf('dk', 'public'),
      }),
      identify: (hubUrl: string) =>
        createPartnerIdentity({ partner: 'dk', ...identityIn(folder, 'dk'), hubUrl }),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    };
  };

  it('sends what the hub verifies, beside the path of GraphQL', async () => {
    await using test = await prepare();
    const senders: string[] = [];
    const http = await createHttpServer({ logger: silentLogger });
    http.post(refreshPath, async ({ method, url: path, headers }, reply) => {
      senders.push(await test.verify({ method, path, headers, body: '' }));
      return reply.code(202).send();
    });
    await using identity = test.identify(`${await listen(http, 0)}/graphql`);
    await identity.publisher.refreshHub();
    await identity.publisher.refreshHub();
    expect(senders).toEqual(['dk', 'dk']);
    await http.close();
  });

  it('is no error if the hub is down', async () => {
    await using test = await prepare();
    await using identity = test.identify('http://127.0.0.1:1/graphql');
    expect(await identity.publisher.refreshHub()).toBeUndefined();
  });
});
