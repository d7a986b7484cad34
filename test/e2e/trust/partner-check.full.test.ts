import { createKeyStore, keyFilesOf } from '@hub/shared/identity';
import { digestOf } from '@hub/shared/system';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPartnerCommand } from '../../../gateway/cli/membership/partner-commands.js';
import { printReport, runCheck, steps } from '../../../gateway/cli/partner-check/run-check.js';
import { UsageError } from '../../../gateway/config.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import { openRegistryFiles } from '../../../gateway/registry/files/served-graph.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { readConformance } from '../../../gateway/registry/publications/conformance.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';
import { breaches } from './breaches.js';
import { certify } from './certify.js';
import { errorBreaches } from './error-breaches.js';
import { rowBreaches, searchBreach } from './row-breaches.js';
import { trustBreaches } from './trust-breaches.js';

describe('hub partner check', () => {
  let network: OpenNetwork;
  let environment: Record<string, string>;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
    const placed = partners.map((partner) => ({ ...partner, url: network.urlOf(partner.code) }));
    const folder = dirname(network.keys);
    const file = join(folder, 'network.json');
    await writeFile(file, JSON.stringify({ port: 4000, partners: placed }));
    environment = { HUB_NETWORK: file, HUB_DATA_DIR: folder };
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it.each(['dk', 'nbnp', 'ncm'])('finds that %s keeps every rule', async (code) => {
    const results = await runCheck(await certify(network, code));
    const wrong = results.filter(({ result }) => result === 'broken');
    expect(wrong, printReport(wrong)).toEqual([]);
    expect(results).toHaveLength(steps.length);
    // Each list that searches is tried, with pages or without.
    expect(results.flatMap(({ step, result }) => (result === 'passed' ? [] : step))).toEqual([]);
  });

  it('finds that nobody is there', async () => {
    const results = await runCheck(await certify(network, 'dk', 'http://127.0.0.1:1/graphql'));
    expect(results.filter(({ result }) => result === 'passed')).toEqual([]);
  });

  it('checks a partner of the network file, and prints a report or JSON', async () => {
    const lines: string[] = [];
    const check = (...argv: string[]) =>
      runPartnerCommand(argv, (line) => void lines.push(line), environment);
    const wrongUrl = 'http://127.0.0.1:1/graphql';
    expect(await check('check', wrongUrl, '--partner', 'dk')).toBe(1);
    expect(lines.at(-1)).toMatch(/^BROKEN {2}manifest-is-published[^]*rule: [^]*steps: 0 passed/);
    expect(await check('check', wrongUrl, '--partner', 'dk', '--json')).toBe(1);
    expect(JSON.parse(lines.at(-1) ?? '')).toHaveLength(steps.length);
    for (const argv of [
      [],
      ['check'],
      ['check', 'dk'],
      ['check', wrongUrl],
      ['check', wrongUrl, '--partner', 'pl'],
      ['check', wrongUrl, '--partner', 'dk', '--contract', 'nobody'],
      ['certify', wrongUrl],
      ['check', wrongUrl, '--partner', 'dk', '--sign', '/tmp/x', '--days', '0'],
      ['check', wrongUrl, '--partner', 'dk', '--proposal', '7'],
      ['check', wrongUrl, '--partner', 'dk', '--proposal', '7', '--sign', '/tmp/x'],
    ])
      await expect(check(...argv), argv.join(' ')).rejects.toThrow(UsageError);
  });

  it('checks a partner by a proposed version of its contract', async () => {
    const { sdl } = readContract('national-police');
    const next = sdl.replace('  acronym: String\n', '  acronym: Int\n');
    const { number } = await openRegistryFiles(dirname(network.keys)).proposals.add({
      contract: 'national-police',
      sdl: next,
      hash: digestOf(next),
      replaces: digestOf(sdl),
      proposedAt: '2026-11-26T22:00:00.000Z',
      changes: [],
    });
    const lines: string[] = [];
    const argv = ['check', network.urlOf('dk'), '--partner', 'dk', '--proposal', `${number}`];
    expect(await runPartnerCommand(argv, (line) => void lines.push(line), environment)).toBe(1);
    expect(lines.join('\n')).toMatch(/BROKEN.*\n[^]*PoliceUnit\.acronym/);
  });

  it('signs what it found, for the partner to publish', async () => {
    const file = join(dirname(network.keys), 'conformance.json');
    const hubKeys = createKeyStore({
      files: new Map([['hub', keyFilesOf(network.keys, 'hub').public]]),
    });
    const sign = async (url: string) => {
      const code = await runPartnerCommand(
        ['check', url, '--partner', 'dk', '--sign', file, '--days', '30'],
        () => undefined,
        environment,
      );
      const { conformance } = JSON.parse(await readFile(file, 'utf8')) as { conformance: string };
      const about = { partner: 'dk', subgraph: 'national-police' };
      return { code, statement: await readConformance(conformance, about, hubKeys) };
    };
    const { code, statement } = await sign(network.urlOf('dk'));
    expect(code).toBe(0);
    const { passed, broken, notDecided, checkedAt, validUntil } = statement;
    expect(statement).toMatchObject({ result: 'PASSED', broken: [] });
    expect([...passed, ...notDecided].toSorted()).toEqual(steps.map(({ name }) => name).toSorted());
    expect(broken).toEqual([]);
    expect(Date.parse(validUntil) - Date.parse(checkedAt)).toBe(30 * 86_400_000);
    const nobody = await sign('http://127.0.0.1:1/graphql');
    expect(nobody.code).toBe(1);
    expect(nobody.statement).toMatchObject({ result: 'BROKEN', passed: [], schemaVersion: null });
  });

  it('has for each step a partner that fails it, and no other step', () => {
    const all = [...breaches, ...rowBreaches, searchBreach, ...trustBreaches, ...errorBreaches];
    const alone = new Set(all.flatMap(([, , names]) => (names.length === 1 ? names : [])));
    expect(steps.filter(({ name }) => !alone.has(name)).map(({ name }) => name)).toEqual([]);
    expect(steps.length).toBeGreaterThanOrEqual(40);
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
  });
});
