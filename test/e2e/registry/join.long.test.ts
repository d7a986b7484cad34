import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { nominateNewcomer } from '../network/nominate-newcomer.js';
import { createToken } from '../network/open-hub.js';
import {
  ask,
  createOwnNetwork,
  findFreePorts,
  type Answer,
  type OwnNetwork,
} from '../network/own-network.js';
import { cloneFolder, runCommand, type RunningCommand } from '../network/running-command.js';

/** For states that come some time after an event, on a machine that may be busy. */
const patience = { timeout: 300_000, interval: 500 };

vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 600_000 });

/** The code blocks of a section of the guide, in their order. */
async function readBlocks(section: string): Promise<{ language: string; code: string }[]> {
  const guide = await readFile(join(cloneFolder, 'gateway/docs/add-a-partner.md'), 'utf8');
  const own = guide.split('\n## ').find((part) => part.startsWith(section)) ?? '';
  return [...own.matchAll(/```(\w+)\n([^]*?)```/g)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
}

/** A user’s shell: nothing of the run of npm or vitest that this test is part of. */
async function runShell(command: string, cwd: string, environment: Record<string, string>) {
  const { PATH, HOME } = process.env;
  const child = spawn('bash', ['-c', command], {
    cwd,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}${errors}`);
  return output;
}

describe('the guide to joining a running network', () => {
  let network: OwnNetwork;
  let running: RunningCommand;
  let parent: string;
  const servers: RunningCommand[] = [];

  beforeAll(async () => {
    network = await createOwnNetwork();
    running = runCommand('gateway/cli/start.mjs', [], {
      ...network.environment,
      HUB_REGISTRY: 'on',
    });
    await running.until(/The network is running\.[^]*Ctrl-C/);
    parent = await mkdtemp(join(tmpdir(), 'hub-join-'));
  });
  afterAll(async () => {
    for (const server of servers) await server[Symbol.asyncDispose]();
    await running[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  });

  const askAs = async (organisation: string, query: string, keys = network.folder) => {
    const folder = keys === network.folder ? join(keys, 'data', 'keys') : keys;
    const token = await createToken(folder, { organisation, role: 'coordinator' });
    return ask(network.hubPort, query, token);
  };
  /** The first response with a text. Meanwhile an old worker may respond, and a new one. */
  const untilAsked = async (organisation: string, query: string, part: string): Promise<Answer> => {
    let answer = await askAs(organisation, query);
    await expect
      .poll(async () => JSON.stringify((answer = await askAs(organisation, query))), patience)
      .toContain(part);
    return answer;
  };

  /**
   * Runs a section’s shell blocks as they are printed, each as in a terminal of its own. Only folders and ports are
   * others than there, and the fingerprints are given instead of typed.
   * @returns how long it took, in seconds
   */
  async function follow(section: string, code: string, printedPort: number): Promise<number> {
    const [port = 0] = await findFreePorts(1);
    const begun = performance.now();
    for (const { language, code: block } of await readBlocks(section)) {
      if (language !== 'sh') continue;
      const lines = block
        .replaceAll(/\\\n\s*/g, '')
        .replaceAll('../', `${parent}/`)
        .replaceAll(`:${printedPort}`, `:${port}`)
        .trim()
        .split('\n');
      let folder = cloneFolder;
      for (const line of lines) {
        const isOwn = folder !== cloneFolder;
        // What the partner’s `.env` would say on its own machine.
        const environment: Record<string, string> = isOwn
          ? { PORT: `${port}`, HUB_URL: `http://127.0.0.1:${network.hubPort}/graphql`, CI: 'true' }
          : { ...network.environment, INIT_CWD: cloneFolder };
        if (line.startsWith('cd ')) folder = line.slice('cd '.length);
        else if (line === 'npm start' && isOwn)
          servers.push(await startServer(folder, environment));
        else if (line.includes('partner add')) await add(line, code, environment);
        else await runShell(line, folder, environment);
      }
    }
    return (performance.now() - begun) / 1_000;
  }

  async function startServer(folder: string, environment: Record<string, string>) {
    const server = runCommand('dist/main.js', [], environment, folder);
    await server.until(/"msg":"ready"/);
    await server.until(/"msg":"manifest published"/);
    return server;
  }

  /** Answers the question after the fingerprints, as one who has heard them by telephone. */
  async function add(line: string, code: string, environment: Record<string, string>) {
    const folder = join(parent, code);
    const shown = await runShell('npm run --silent keys -- show', folder, {});
    const prints = [...shown.matchAll(/(?:signing|agreement)\s+(\S{43})/g)].map(
      ([, print]) => `--fingerprint=${print}`,
    );
    expect(prints.length).toBeGreaterThan(1);
    await runShell(`${line} ${prints.join(' ')}`, cloneFolder, environment);
  }

  it('brings another country’s police into the graph, by its commands alone', async () => {
    const seconds = await follow('The police of another country', 'pl', 4110);
    const query = '{ policeUnits { id name country } }';
    console.log(`The police of another country joined in ${Math.round(seconds)} s.`);
    const { data, completeness, errors } = await untilAsked('nbnp', query, 'pl:warsaw');
    expect(errors).toEqual([]);
    expect(completeness).toMatchObject({
      complete: true,
      partners: { pl: { status: 'ANSWERED' }, dk: { status: 'ANSWERED' } },
    });
    const units = (data as { policeUnits: { id: string; country: string }[] }).policeUnits;
    expect(new Set(units.map(({ country }) => country))).toEqual(
      new Set(['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'PL', 'SE']),
    );
  });

  it('lets the new police nominate an officer for a group of the network', async () => {
    const keysOf = (organisation: string) =>
      organisation === 'pl' ? join(parent, 'pl', 'keys') : network.folder;
    const { group, answer } = await nominateNewcomer(
      (organisation, query) => askAs(organisation, query, keysOf(organisation)),
      'pl',
      'pl:officer-1',
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data).toMatchObject({
      nominateOfficer: { group: { id: group }, officer: { name: 'Anna Example' } },
    });
    // Who decides on her sees her, and nobody without a task.
    const officer = '{ officer(id: "pl:officer-1") { name nominations { group { id } } } }';
    const decider = await askAs('nbnp', officer);
    expect(decider.data).toEqual({
      officer: { name: 'Anna Example', nominations: [{ group: { id: group } }] },
    });
    const other = await askAs('dk', officer);
    expect(other.data).toEqual({ officer: null });
    expect(other.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
  });

  it('names the police in completeness once its server is away', async () => {
    await servers[0]?.[Symbol.asyncDispose]();
    const { data, completeness } = await untilAsked(
      'nbnp',
      '{ policeUnits { id city } }',
      'UNAVAILABLE',
    );
    expect(JSON.stringify(data)).toContain('dk:police');
    expect(JSON.stringify(data)).not.toContain('pl:warsaw');
    expect(completeness).toMatchObject({
      complete: false,
      partners: { pl: { status: 'UNAVAILABLE' } },
    });
  });

  it('brings an organisation of a new kind into the graph, by its commands alone', async () => {
    const before = await readFile(join(cloneFolder, 'gateway', 'network.json'), 'utf8');
    const seconds = await follow('An organisation of a new kind', 'shelters', 4200);
    const [list = '', visit = ''] = (await readBlocks('An organisation of a new kind'))
      .filter(({ language }) => language === 'graphql')
      .map(({ code }) => code);
    console.log(`An organisation of a new kind joined in ${Math.round(seconds)} s.`);
    const { data } = await untilAsked('nbnp', list, 'Harbour House');
    expect(data).toEqual({
      shelters: {
        totalCount: 1,
        nodes: [
          {
            id: 'shelters:harbour',
            name: 'Harbour House',
            places: 12,
            visit: { id: 'nbnp:demo-visit-1', title: expect.any(String) },
          },
        ],
      },
    });
    const other = await untilAsked('nbnp', visit, 'Harbour House');
    expect(other.errors).toEqual([]);
    expect(other.data).toMatchObject({ visit: { shelters: [{ name: 'Harbour House' }] } });
    expect(other.completeness).toMatchObject({ partners: { shelters: { status: 'ANSWERED' } } });
    // Whom to call is for the network’s co-ordinators, and not for the police of Denmark.
    const contact = '{ shelters { nodes { contact } } }';
    await untilAsked('nbnp', contact, '+47 1');
    const refused = await untilAsked('dk', contact, 'FORBIDDEN');
    expect(JSON.stringify(refused)).not.toContain('+47 1');
    expect(await readFile(join(cloneFolder, 'gateway', 'network.json'), 'utf8')).toBe(before);
  });
});

describe('partner init', () => {
  const init = (...argv: string[]) =>
    runShell(
      `node gateway/cli/hub.mjs partner init ${argv.map((word) => `'${word}'`).join(' ')}`,
      cloneFolder,
      { INIT_CWD: tmpdir() },
    );

  it.each([
    [[], /Give a code/],
    [['pl'], /--kind national-police or new/],
    [['pl', '--kind', 'army'], /--kind national-police or new/],
    [['dk', '--kind', 'national-police'], /dk is in the network/],
    [['nbnp', '--kind', 'new'], /nbnp is in the network/],
    [['ru', '--kind', 'national-police'], /not the code of a country/],
    [['zz', '--kind', 'national-police'], /not the code of a country/],
    [['poland', '--kind', 'national-police'], /not the code of a country/],
    [['pl', '--kind', 'national-police', '--entity', 'Unit'], /--entity goes with/],
    [['Shelters', '--kind', 'new'], /The code Shelters/],
    [['hub', '--kind', 'new'], /The code hub/],
    [['pl', '--kind', 'new'], /The code pl must have 3/],
    [['x12', '--kind', 'new'], /Give --entity/],
    [['houses', '--kind', 'new', '--entity', 'Office'], /has a type Office already/],
    [['shelters', '--kind', 'new', '--to', cloneFolder], /inside this clone/],
    [['shelters', '--kind', 'new', '--to', '/usr'], /is not empty/],
    [['shelters', '--kind', 'new', '--colour', 'red'], /Usage/],
  ])('refuses %j', async (argv, reason) => {
    await expect(init(...argv)).rejects.toThrow(reason);
    await expect(access(join(cloneFolder, '..', 'poland'))).rejects.toThrow('ENOENT');
  });
});
