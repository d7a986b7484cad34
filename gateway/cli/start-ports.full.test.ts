import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('.', import.meta.url));

const describePartner = (code: string, url: string) => ({ code, name: `Police of ${code}`, url });

/** A clone in which nothing is installed. The hub and dk have the ports of the test. */
async function createClone({ hub = 0, dk = 0 }: { hub?: number; dk?: number }) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-start-ports-'));
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  const partners = [
    describePartner('dk', `http://127.0.0.1:${dk}/graphql`),
    describePartner('no', `http://police.example.org:${hub}/graphql`),
  ];
  await write('gateway/network.json', JSON.stringify({ port: hub, partners }));
  for (const file of ['start.mjs', 'start-ports.mjs', 'set-up.mjs', 'hold-lock.mjs'])
    await cp(join(cli, file), join(folder, 'gateway', 'cli', file));
  // Setting up ends at once: npm has nothing to install.
  await write('package-lock.json', '{}');
  return {
    folder,
    write,
    start: (args: string[], env: NodeJS.ProcessEnv = {}) =>
      new Promise<{ code: unknown; output: string }>((resolve) => {
        const { PATH, HOME } = process.env;
        const options = { cwd: folder, env: { PATH, HOME, npm_config_offline: 'true', ...env } };
        const script = join('gateway', 'cli', 'start.mjs');
        execFile(process.execPath, [script, ...args], options, (error, out, err) =>
          resolve({ code: error?.code ?? 0, output: out + err }),
        );
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function takePort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const advice = 'Stop the other program, or choose other ports: `--port-base N`\n';

describe('npm start, before it installs', () => {
  it.each([
    ['of the hub', (hub: number) => ({ hub }), 'the hub', ''],
    ['of a partner', (dk: number) => ({ dk }), 'dk (Police of dk)', ''],
    [
      'of both',
      (port: number) => ({ hub: port, dk: port }),
      'the hub',
      ', and so is 1 other port of the network',
    ],
  ])('says in one sentence that a port %s is in use', async (_, portsOf, owner, more) => {
    await using used = await takePort();
    await using clone = await createClone(portsOf(used.port));
    expect(await clone.start([])).toEqual({
      code: 1,
      output: `Port ${used.port} of ${owner} is in use${more}. ${advice}`,
    });
    expect(existsSync(join(clone.folder, 'node_modules'))).toBe(false);
  });

  it('does not check the ports of partners that it does not start', async () => {
    await using used = await takePort();
    const { port } = used;
    const members = JSON.stringify({ removed: { dk: { reason: 'left' } } });
    for (const [args, environment, registry] of [
      [['--without', 'no,dk'], { HUB_PORT: '0' }, '{}'],
      [['--without=dk'], { HUB_PORT: '0' }, '{}'],
      [[], { HUB_PORT: '0' }, members],
    ] as const) {
      await using clone = await createClone({ hub: port, dk: port });
      await clone.write('.data/registry/members.json', registry);
      const { output } = await clone.start([...args], environment);
      expect(output, args.join(' ')).toMatch(/^Installing/);
    }
  });

  it.each(['--help', '-h'])('says for %s what it takes, even if ports are in use', async (flag) => {
    await using used = await takePort();
    await using clone = await createClone({ hub: used.port });
    expect((await clone.start([flag])).output).toMatch(/^Installing/);
  });

  it('moves the ports at the same distances, and leaves other machines alone', async () => {
    await using one = await takePort();
    await using other = await takePort();
    const [port, higher] = [one.port, other.port].toSorted((a, b) => a - b) as [number, number];
    {
      await using clone = await createClone({ hub: 4000, dk: 4000 + higher - port });
      expect((await clone.start(['--port-base', String(port)])).output).toBe(
        `Port ${port} of the hub is in use, and so is 1 other port of the network. ${advice}`,
      );
      expect(existsSync(join(clone.folder, '.data'))).toBe(false);
    }
    await using clone = await createClone({ hub: 4000, dk: 4003 });
    // Nobody listens on the lowest ports that a user may take.
    const { output } = await clone.start(['--port-base=1024'], { HUB_PORT: String(port) });
    const file = join(clone.folder, '.data', 'network-1024.json');
    expect(output).toContain(`HUB_NETWORK=${file}`);
    const { partners, ...hub } = JSON.parse(await readFile(file, 'utf8')) as {
      partners: { url: string }[];
    };
    expect(hub).toEqual({ port: 1_024 });
    expect(partners.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:1027/graphql',
      'http://police.example.org:4000/graphql',
    ]);
  });

  it('moves from the port that a hub has without one, and from those of protocols', async () => {
    const urls = ['http://localhost:4003/graphql', 'http://127.0.0.1/graphql'];
    await using clone = await createClone({});
    const partners = urls.map((url, index) => describePartner(`p${index}`, url));
    await clone.write('gateway/network.json', JSON.stringify({ partners }));
    // Port 80 is 3,920 below that of the hub.
    expect(await clone.start(['--port-base=3920'])).toEqual({
      code: 2,
      output: '--port-base must be a number from 3921 to 65532.\n',
    });
    const { output } = await clone.start(['--port-base=24000']);
    const file = join(clone.folder, '.data', 'network-24000.json');
    expect(output).toContain(`HUB_NETWORK=${file}`);
    const moved = ['http://localhost:24003/graphql', 'http://127.0.0.1:20080/graphql'];
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      port: 24_000,
      partners: partners.map((partner, index) => ({ ...partner, url: moved[index] })),
    });
  });

  it.each(['0', '65533', 'many', ''])('refuses --port-base=%s', async (base) => {
    await using clone = await createClone({ hub: 4000, dk: 4003 });
    expect(await clone.start([`--port-base=${base}`])).toEqual({
      code: 2,
      output: '--port-base must be a number from 1 to 65532.\n',
    });
  });
});
