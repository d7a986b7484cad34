import { keyFilesOf, readKeyFile } from '@hub/shared/identity';
import { ConfigError } from '@hub/shared/system';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseNetwork, type Network } from '../../registry/network.js';
import { laySite } from './site.js';

const network: Network = parseNetwork(
  JSON.stringify({
    port: 0,
    partners: [
      {
        code: 'dk',
        name: 'National police of Denmark',
        subgraph: 'national-police',
        url: 'http://127.0.0.1:4111/graphql',
        contact: 'hub@dk.example.org',
        publicKeys: 'keys/dk.public.json',
      },
    ],
  }),
);

const user = { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };

function makeFolder() {
  const path = mkdtempSync(join(tmpdir(), 'hub-laid-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

describe('npm run hub -- deploy compose', () => {
  it('makes keys that belong together, and passwords that nobody guesses', async () => {
    using folder = makeFolder();
    await laySite(network, folder.path, user);
    for (const code of ['hub', 'dk']) {
      const own = await readKeyFile(keyFilesOf(join(folder.path, 'keys', code), code).private);
      const known = await readKeyFile(join(folder.path, 'keys/public', `${code}.public.json`));
      expect(known.keys.map(({ x }) => x)).toEqual(own.keys.map(({ x }) => x));
    }
    const [own, server] = ['dk', 'postgres'].map((name) => read(folder.path, `passwords/${name}`));
    expect(own).toMatch(/^[\w-]{43}\n$/);
    expect(server).not.toBe(own);
  });

  it('writes a network whose hub has a port, and whose partners are services', async () => {
    using folder = makeFolder();
    await laySite(network, folder.path, user);
    const placed = parseNetwork(read(folder.path, 'hub/network.json'));
    expect(placed.port).toBe(4000);
    expect(placed.partners).toMatchObject([
      { url: 'http://dk:4111/graphql', publicKeys: '/run/keys/public/dk.public.json' },
    ]);
  });

  it('says nothing of plain HTTP between its services, or lets them use HTTPS', async () => {
    using folder = makeFolder();
    await laySite(network, folder.path, user);
    expect(read(folder.path, 'settings/hub.env')).toMatch(/^HUB_PLAIN_HTTP=allow$/m);
    expect(read(folder.path, 'settings/partners.env')).toMatch(/^HUB_PLAIN_HTTP=allow$/m);
    using other = makeFolder();
    await laySite(network, other.path, user, 'https');
    expect(read(other.path, 'hub/network.json')).toContain('"https://dk:4111/graphql"');
    expect(read(other.path, 'site.env')).toMatch(/^HUB_SCHEME=https$/m);
    expect(read(other.path, 'settings/hub.env')).not.toContain('HUB_PLAIN_HTTP');
  });

  it('keeps what is there, and makes what is missing', async () => {
    using folder = makeFolder();
    const first = await laySite(network, folder.path, user);
    expect(first).toContain('passwords/dk');
    writeFileSync(join(folder.path, 'settings/hub.env'), 'LOG_LEVEL=debug\n');
    const before = read(folder.path, 'keys/dk/dk.private.json');
    rmSync(join(folder.path, 'passwords/dk'));
    expect(await laySite(network, folder.path, user)).toEqual(['passwords/dk']);
    expect(read(folder.path, 'settings/hub.env')).toBe('LOG_LEVEL=debug\n');
    expect(read(folder.path, 'keys/dk/dk.private.json')).toBe(before);
  });

  it.skipIf(process.platform === 'win32')('is readable for its owner only', async () => {
    using folder = makeFolder();
    await laySite(network, folder.path, user);
    for (const path of readdirSync(folder.path, { recursive: true, encoding: 'utf8' })) {
      const { mode, uid } = statSync(join(folder.path, path));
      if (!path.endsWith('.public.json')) expect(mode & 0o077, path).toBe(0);
      expect(uid, path).toBe(user.uid);
    }
  });

  it.runIf(process.getuid?.() === 0)(
    'belongs to the user of --user, if root makes it',
    async () => {
      using folder = makeFolder();
      await laySite(network, folder.path, { uid: 1234, gid: 1235 });
      for (const path of ['.', 'keys/dk/dk.private.json', 'data/dk', 'passwords/postgres']) {
        const { uid, gid } = statSync(join(folder.path, path));
        expect([uid, gid], path).toEqual([1234, 1235]);
      }
    },
  );

  it('is refused if a partner has its server elsewhere', async () => {
    using folder = makeFolder();
    const [partner] = network.partners;
    const elsewhere = { ...network, partners: [{ ...partner!, url: 'https://hub.example.org/' }] };
    const laying = laySite(elsewhere, folder.path, user);
    await expect(laying).rejects.toThrow(ConfigError);
    await expect(laying).rejects.toThrow('dk has another URL');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is refused if a code cannot be a name', async () => {
    using folder = makeFolder();
    const [partner] = network.partners;
    const laying = laySite(
      { ...network, partners: [{ ...partner!, code: 'dk-' }] },
      folder.path,
      user,
    );
    await expect(laying).rejects.toThrow('dk- cannot be the name of a service');
  });
});
