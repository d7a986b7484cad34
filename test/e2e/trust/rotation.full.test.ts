import { createHub } from '@hub/gateway';
import { definition as nbnp } from '@hub/nbnp';
import {
  createKeyStore,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
  readKeyFile,
} from '@hub/shared/identity';
import { identityIn } from '@hub/shared/partner';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack, inner } from '@hub/shared/testing';
import type { JWK } from 'jose';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeContracts } from '../../../gateway/registry/compose-contracts.js';
import { readContracts } from '../../../gateway/registry/contracts.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { createAuthenticate } from '../../../gateway/server/security/authenticate.js';
import { createRequestSigner } from '../../../gateway/server/security/sign-request.js';
import { createHubServer } from '../../../gateway/server/server.js';
import { cloneFolder } from '../network/running-command.js';

const question = '{ programmes { id } }';
type Half = 'private' | 'public';

/** The hub and one partner over HTTP; of the others nobody is there. Both look at their key files every five seconds of `clock`. */
async function openPair() {
  const stack = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-rotation-'));
  stack.use({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
  for (const code of [hubIssuer, 'nbnp']) await ensureKeyFiles(folder, code);
  let now = Date.now();
  const clock = () => new Date(now);
  const keysIn = (code: string, half: Half) =>
    createKeyStore({ files: new Map([[code, keyFilesOf(folder, code)[half]]]), clock });

  // The partner asks the hub at this address, which is known once the hub listens.
  const servers = { hub: '' };
  const options = {
    databaseUrl: `sqlite:${join(folder, 'nbnp.sqlite')}`,
    content: 'facts' as const,
  };
  const files = identityIn(folder, 'nbnp');
  const inbound = stack.use(
    inner.createPartnerIdentity({
      partner: 'nbnp',
      ...files,
      hubUrl: 'http://127.0.0.1:1/',
      clock,
    }),
  );
  const partner = await inner.openPartner(nbnp, {
    ...options,
    partner: 'nbnp',
    logger: silentLogger,
    authenticate: inbound.authenticate,
  });
  stack.use({ [Symbol.asyncDispose]: () => partner.close() });
  const url = await partner.listen(0);

  const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
  const network = {
    port: 0,
    partners: partners.map((other) => ({
      ...other,
      url: other.code === 'nbnp' ? url : 'http://127.0.0.1:1/',
    })),
  };
  const contracts = readContracts(network);
  const partnerKeys = keysIn('nbnp', 'public');
  const hub = stack.use(
    await createHub(
      { network, contracts, supergraphSdl: composeContracts(contracts, []) },
      {
        logger: silentLogger,
        authenticate: createAuthenticate({ keys: partnerKeys, clock }),
        sign: createRequestSigner({ ownKeys: keysIn(hubIssuer, 'private'), partnerKeys, clock }),
      },
    ),
  );
  const server = stack.use(await createHubServer({ hub, logger: silentLogger }));
  servers.hub = await server.listen(0);
  const outbound = stack.use(
    inner.createPartnerIdentity({ partner: 'nbnp', ...files, hubUrl: servers.hub, clock }),
  );

  return {
    clock,
    folder,
    /** The partner asks the hub, and the hub therefore the partner: both ways of signing in one question. */
    ask: () => outbound.askHub(question),
    /** Asks before the files are looked at again, and after. */
    async recheck() {
      await outbound.askHub(question);
      now += 5_000;
      await outbound.askHub(question);
    },
    later: (ms: number) => (now += ms),
    keysOf: async (code: string, half: Half) =>
      (await readKeyFile(keyFilesOf(folder, code)[half])).keys,
    /** Keys of the same name, made elsewhere. */
    async createKeys(code: string) {
      const other = join(folder, 'new');
      await ensureKeyFiles(other, code);
      const read = async (half: Half) => (await readKeyFile(keyFilesOf(other, code)[half])).keys;
      return { private: await read('private'), public: await read('public') };
    },
    async write(code: string, half: Half, keys: readonly JWK[]) {
      const path = keyFilesOf(folder, code)[half];
      await writeFile(`${path}.new`, JSON.stringify({ keys }), { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

type Pair = Awaited<ReturnType<typeof openPair>>;

/** The command of shared/docs/replace-keys.md, with requests before and after each file is seen. */
async function rotate(pair: Pair, code: string): Promise<void> {
  for (let left = true; left;) {
    const { step, steps } = await inner.rotateKeys({
      folder: pair.folder,
      code,
      isInstalled: true,
      sleep: pair.recheck,
    });
    await pair.recheck();
    left = step < steps;
  }
}

describe('replacing keys', () => {
  it.each([
    ['the hub’s and then a partner’s', [hubIssuer, 'nbnp']],
    ['a partner’s and then the hub’s', ['nbnp', hubIssuer]],
  ])('fails no request: %s', async (_order, codes) => {
    await using pair = await openPair();
    for (const code of codes) {
      const [before] = await pair.keysOf(code, 'public');
      await rotate(pair, code);
      const [after, ...others] = await pair.keysOf(code, 'public');
      expect(after?.x).not.toBe(before?.x);
      expect(others).toHaveLength(1);
    }
  });

  it.each([
    ['the hub’s at a partner, signing', hubIssuer, 'public', 'sig'],
    ['the hub’s at a partner, agreement', hubIssuer, 'public', 'enc'],
    ['a partner’s at the hub, signing', 'nbnp', 'public', 'sig'],
    ['a partner’s own, agreement', 'nbnp', 'private', 'enc'],
  ] as const)(
    'revokes a key within five seconds, even where it was just used: %s',
    async (_whose, code, half, use) => {
      await using pair = await openPair();
      await pair.recheck();
      const fresh = await pair.createKeys(code);
      const old = await pair.keysOf(code, half);
      const replaced = old.map((key) =>
        key.use === use ? fresh[half].find((other) => other.use === use)! : key,
      );
      await pair.write(code, half, replaced);
      await pair.ask();
      pair.later(5_000);
      await expect(pair.ask()).rejects.toMatchObject({ code: expect.stringMatching(/^PARTNER_/) });
    },
  );
});
