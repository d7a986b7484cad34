import { ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { parse } from 'graphql';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { signAsHub } from '../e2e/network/sign-as-hub.js';

const clone = fileURLToPath(new URL('../../', import.meta.url));

/** As a user's shell has it: nothing of the run of npm or vitest that this test is part of. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$)/i.test(name),
  ),
);

async function run(
  folder: string,
  program: string,
  args: readonly string[],
  own = {},
): Promise<string> {
  const options = { cwd: folder, env: { ...environment, ...own }, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(program, [...args], options);
  return stdout;
}

/** Starts the built server on a free port and returns its address once it says that it is ready. */
async function start(folder: string) {
  const server = spawn(process.execPath, ['dist/main.js'], {
    cwd: folder,
    env: { ...environment, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit') as Promise<[number | null]>;
  for await (const line of createInterface(server.stdout)) {
    const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
    if (msg !== 'ready' || !url) continue;
    const stop = async () => {
      server.kill('SIGTERM');
      return (await ended)[0];
    };
    return { url, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
  }
  throw new Error(`The server ended with ${(await ended)[0]}.`);
}

/** Asks a partner as the hub of this folder of keys does. */
async function ask(url: string, keys: string, partner: string, query: string): Promise<unknown> {
  const body = JSON.stringify({ query });
  const headers = {
    'content-type': 'application/json',
    ...(await signAsHub(keys, partner, body)),
  };
  return (await fetch(url, { method: 'POST', headers, body })).json();
}

/** A question to each partner that its facts answer. */
const partners = [
  {
    folder: 'nbnp',
    code: 'nbnp',
    query: '{ programme(id: "nbnp:mobility-programme-2009-2010") { id } }',
  },
  { folder: 'ncm-offices', code: 'ncm', query: '{ office(id: "ncm:led") { city } }' },
  {
    folder: 'national-police',
    code: 'lv',
    query: '{ policeUnit(id: "lv:police") { id } }',
  },
] as const;

describe('npm run extract', () => {
  it.each(partners)(
    'takes $folder away: it installs, builds, migrates, loads the facts, answers and tests itself',
    async (partner) => {
      const parent = await mkdtemp(join(tmpdir(), 'hub-standalone-'));
      const folder = join(parent, partner.folder);
      const keys = join(parent, 'keys');
      try {
        const words = ['run', 'extract', '--', partner.folder, folder, partner.code];
        const printed = await run(clone, 'npm', words);
        expect(JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'))).toMatchObject(
          { packages: { 'node_modules/graphql': { version: '16.15.0' } } },
        );
        // What is printed works as it is. Only the last line, which serves, does not end.
        const steps = [...printed.matchAll(/^ {2}npm (.*)$/gm)].map(([, step = '']) => step);
        expect(steps.at(-1)).toBe('start');
        for (const step of steps.slice(0, -1)) await run(folder, 'npm', step.split(' '));
        await run(folder, 'npm', ['run', 'db:seed']);
        // As the hub's operator and the partner's send each other their public files.
        await ensureKeyFiles(keys, hubIssuer);
        await copyFile(keyFilesOf(keys, hubIssuer).public, join(folder, 'keys', 'hub.public.json'));
        const ownFile = keyFilesOf(join(folder, 'keys'), partner.code).public;
        await copyFile(ownFile, keyFilesOf(keys, partner.code).public);
        await using server = await start(folder);

        const { data } = (await ask(server.url, keys, partner.code, '{ _service { sdl } }')) as {
          data: { _service: { sdl: string } };
        };
        const namesOf = (sdl: string) =>
          parse(sdl).definitions.flatMap((node) =>
            'name' in node && node.name ? [node.name.value] : [],
          );
        const committed = namesOf(await readFile(join(folder, 'schema.graphql'), 'utf8'));
        expect(namesOf(data._service.sdl)).toEqual(expect.arrayContaining(committed));
        const facts = (await ask(server.url, keys, partner.code, partner.query)) as {
          data: object;
          errors?: unknown;
        };
        expect(facts.errors).toBeUndefined();
        expect(Object.values(facts.data)).not.toContain(null);
        const manifest = await fetch(new URL('/.well-known/hub-manifest.json', server.url));
        expect(await manifest.json()).toEqual({ manifest: expect.any(String) });
        expect(await server.stop()).toBe(0);
        for (const command of [
          ['keys', '--', 'show'],
          ['token', '--', '--role', 'analyst'],
          ['disclosures', '--', 'verify'],
          ['backup', '--', '--to', join(parent, 'partner.backup')],
        ])
          await run(folder, 'npm', ['run', ...command]);
        await run(folder, 'npm', ['test'], { CI: 'true' });
      } finally {
        await rm(parent, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  );

  it.each([
    [['nobody', '../nobody'], /nobody must be one of/],
    [['nbnp'], /Usage/],
    [['nbnp', 'inside'], /inside this clone/],
    [['national-police', '../police'], /Give the partner’s code/],
  ])('refuses %j', async (args, reason) => {
    await expect(
      run(clone, process.execPath, ['gateway/cli/extract.mjs', ...args]),
    ).rejects.toThrow(reason);
  });
});
