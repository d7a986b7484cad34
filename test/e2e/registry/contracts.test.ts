import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runContractCommand } from '../../../gateway/cli/contract/contract-commands.js';
import { ContractError } from '../../../gateway/cli/contract/contract-error.js';
import { runAdministrationCommand } from '../../../gateway/cli/records/administration.js';
import { UsageError } from '../../../gateway/config.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import { createUsageStore, usageFile } from '../../../gateway/usage/usage-store.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';

type Network = Awaited<ReturnType<typeof openPublishingNetwork>>;

/** For states that come some time after an event, on a machine that may be busy. */
const patience = { timeout: 120_000, interval: 200 };

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const police = readContract('national-police').sdl;
const withMotto = police.replace('  acronym: String\n', '  acronym: String\n  motto: String\n');
const withoutAcronym = police.replace('  acronym: String\n', '');

/** Runs the command, and returns its exit code and what it printed. */
async function runIn(network: Network, ...argv: string[]) {
  const said: string[] = [];
  const environment = { ...network.environment, INIT_CWD: network.folder };
  const code = await runContractCommand(argv, (line) => void said.push(line), environment);
  return { code, text: said.join('\n') };
}

const writeIn = (network: Network, name: string, sdl: string): Promise<void> =>
  writeFile(join(network.folder, name), sdl);

async function askAs(hub: TestHub, client: string, query: string): Promise<unknown> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apollographql-client-name': client },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe('the next version of a contract, in a running network', () => {
  let network: Network;
  let hub: TestHub;

  beforeEach(async () => {
    network = await openPublishingNetwork();
    await network.publishAll();
    hub = await network.startHub(1);
    const releases = () => readdir(join(network.registryFolder, 'releases')).catch(() => []);
    await expect.poll(releases, patience).toContain('000001.json');
  });
  afterEach(async () => {
    await hub[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const ask = async (query: string) => JSON.stringify(await askAs(hub, 'test', query));

  /** The first response with a text. Meanwhile an old worker may respond, and a new one. */
  const untilAsked = async (query: string, part: string): Promise<string> => {
    let response = '';
    await expect.poll(async () => (response = await ask(query)), patience).toContain(part);
    return response;
  };

  /** Waits until what was asked is counted. */
  const untilCounted = (element: string) =>
    expect
      .poll(async () => {
        await using store = createUsageStore(join(network.folder, 'data', usageFile));
        return (await store.readOperations('2026-01-01', [element])).length;
      }, patience)
      .toBeGreaterThan(0);

  it('is proposed, adopted and served, and null where a server has not been upgraded', async () => {
    await writeIn(network, 'national-police.graphql', withMotto);
    const checked = await runIn(network, 'check', 'national-police.graphql');
    expect(checked.code, checked.text).toBe(0);
    expect(checked.text).toContain("safe       PoliceUnit.motto: Field 'motto' was added");
    expect(checked.text).toMatch(
      /no {2}lacks PoliceUnit\.motto\n {2}se {2}lacks PoliceUnit\.motto/,
    );
    const proposed = await runIn(network, 'propose', 'national-police.graphql');
    expect(proposed.text).toMatch(/It is proposal 1, with the hash [0-9a-f]{64}\.$/);
    expect((await runIn(network, 'show', '1')).text).toBe(withMotto.trimEnd());
    expect((await runIn(network, 'list')).text).toMatch(/1 {2}national-police .* open$/m);
    expect(await ask('{ policeUnits { motto } }')).toContain('Cannot query field');
    expect(await ask('{ contractProposals { number contract changes { element } } }')).toContain(
      '{"number":1,"contract":"national-police","changes":[{"element":"PoliceUnit.motto"}',
    );

    // Before anything is adopted, one of the two upgrades its server.
    await network.partnerOf('no').publish({ schema: withMotto, sequence: 1_001 });
    await hub.refresh('no');
    const adopted = await runIn(network, 'adopt', '1');
    expect(adopted.text).toContain('Proposal 1 is the contract national-police.');
    const query = '{ policeUnits { name motto } }';
    const answer = await untilAsked(query, 'PARTNER_LACKS_FIELD');
    expect(answer).toContain('{"name":"Oslo","motto":"All for Norway."}');
    expect(answer).toContain('{"name":"Stockholm","motto":null}');
    expect(answer).toContain('"se":{"status":"LACKS_FIELD"');

    await network.partnerOf('se').publish({ schema: withMotto, sequence: 1_001 });
    await hub.refresh('se');
    expect(await untilAsked(query, 'All for Sweden.')).not.toContain('PARTNER_LACKS_FIELD');
    expect((await runIn(network, 'list')).text).toMatch(/adopted, and not as committed/);
    const log = runAdministrationCommand(['list'], network.environment);
    expect(log).toMatch(/CONTRACT_PROPOSED[^]*CONTRACT_ADOPTED[^]*RELEASED/);
    expect(runAdministrationCommand(['verify'], network.environment)).toMatch(/whole/);
  });

  it('drops what nobody uses, and is refused for what a client uses, unless forced with a reason', async () => {
    await askAs(hub, 'board of Oslo', '{ policeUnits { name acronym } }');
    await untilCounted('PoliceUnit.acronym');
    const withoutHostings = (sdl: string) => sdl.replace('  hostings: [Hosting!]\n', '');
    await writeIn(network, 'national-police.graphql', withoutHostings(police));
    const unused = await runIn(network, 'adopt', 'national-police.graphql');
    expect(unused.text).toContain('breaking   PoliceUnit.hostings');
    expect(unused.text).toContain('It can be adopted.');
    await expect
      .poll(() => ask('{ policeUnits { hostings { id } } }'), patience)
      .toContain('Cannot query field');

    await writeIn(network, 'national-police.graphql', withoutHostings(withoutAcronym));
    const checked = await runIn(network, 'check', 'national-police.graphql');
    expect(checked.code).toBe(1);
    expect(checked.text).toMatch(
      /breaking {3}PoliceUnit\.acronym: .*\n +used by board of Oslo: 1 times, last on \d{4}-\d\d-\d\d, PoliceUnit\.acronym, in [0-9a-f]{12}\n/,
    );
    const adopt = (...flags: string[]) =>
      runIn(network, 'adopt', 'national-police.graphql', ...flags);
    await expect(adopt()).rejects.toThrow(/^CONTRACT_IN_USE: [^]*board of Oslo/);
    await expect(adopt('--force')).rejects.toThrow(UsageError);
    expect(await ask('{ policeUnits { acronym } }')).not.toContain('Cannot query field');
    const { text } = await adopt('--force', '--reason', 'Oslo was told in May.');
    expect(text).toContain('by force');
    await expect
      .poll(() => ask('{ policeUnits { acronym } }'), patience)
      .toContain('Cannot query field');
    const log = runAdministrationCommand(['list'], network.environment);
    expect(log).toMatch(/CONTRACT_ADOPTED.*Oslo was told in May\./);
    expect(log).toMatch(/CONTRACT_ADOPTED.*PoliceUnit\.acronym/);
    // Servers that still have the field stay as they are.
    expect(await ask('{ policeUnits { name } }')).toContain('Stockholm');
  });
});

describe('contract', () => {
  let network: Network;
  beforeAll(async () => {
    network = await openPublishingNetwork();
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const stolen = `${police.replace('"@key"', '"@key", { name: "@override", as: "@mine" }')}
    extend type Group { name: String @mine(from: "nbnp") }`;

  it.each([
    [
      'CONTRACT_UNKNOWN',
      'customs.graphql',
      'type Query { a: Int }',
      /contracts are national-police/,
    ],
    ['CONTRACT_UNKNOWN', 'hub.graphql', 'type Query { a: Int }', /No partner serves/],
    ['CONTRACT_INVALID', 'nbnp.graphql', 'type Query {\n  a: Int\n  b\n}', /line 4, column 1/],
    ['CONTRACT_INVALID', 'nbnp.graphql', '', /Unexpected <EOF>/],
    ['CONTRACT_INVALID', 'nbnp.graphql', '#'.repeat(400_001), /400,000/],
    ['CONTRACT_UNCHANGED', 'national-police.graphql', `# New.\n${police}`, /already/],
    [
      'CONTRACT_NOT_COMPOSED',
      'national-police.graphql',
      police.replace('  acronym: String\n', '  acronym: Nonsense\n'),
      /Nonsense/,
    ],
    ['CONTRACT_UNLAWFUL', 'national-police.graphql', stolen, /\[override\] at Group\.name/],
    [
      'CONTRACT_NOT_LOADED',
      'national-police.graphql',
      police.replace('type Query {', 'type Query {\n  oldest: PoliceUnit'),
      /Query\.oldest/,
    ],
  ])('%s: is refused (%s)', async (code, file, sdl, reason) => {
    await writeIn(network, file, sdl);
    for (const command of ['check', 'propose', 'adopt']) {
      const refused = await runIn(network, command, file).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(ContractError);
      expect(refused).toMatchObject({ code, message: expect.stringMatching(reason) });
    }
    // Nothing was written.
    await expect(readdir(join(network.registryFolder, 'proposals'))).rejects.toThrow('ENOENT');
    await expect(readdir(join(network.registryFolder, 'contracts'))).rejects.toThrow('ENOENT');
  });

  it.each([
    [['check', 'missing.graphql'], 'CONTRACT_UNREADABLE'],
    [['show', 'customs'], 'CONTRACT_UNKNOWN'],
    [['show', '7'], 'PROPOSAL_UNKNOWN'],
    [['adopt', '7'], 'PROPOSAL_UNKNOWN'],
  ])('%j is refused with %s', async (argv, code) => {
    await expect(runIn(network, ...argv)).rejects.toMatchObject({ code });
  });

  it.each([
    [[]],
    [['list', 'x']],
    [['check']],
    [['check', 'a', 'b']],
    [['merge', 'a']],
    [['propose', '7']],
    [['check', 'a', '--force', '--reason', 'x']],
    [['adopt', 'a', '--force']],
    [['adopt', 'a', '--force', '--reason', ' ']],
    [['adopt', 'a', '--reason', 'x']],
    [['adopt', '7', '--contract', 'nbnp']],
    [['list', '--contract', 'nbnp']],
  ])('says how it is used: %j', async (argv) => {
    await expect(runIn(network, ...argv)).rejects.toThrow(UsageError);
  });

  it('cannot tell who uses what would go if nothing was counted', async () => {
    await writeIn(network, 'national-police.graphql', withoutAcronym);
    const { code, text } = await runIn(network, 'check', 'national-police.graphql');
    expect(code).toBe(1);
    expect(text).toContain('The hub has counted no usage');
    // One of its own tools selects it.
    expect(text).toContain('The tool parties of the hub would fail.');
  });

  it('refuses a proposal that was made for another version of the contract', async () => {
    await using other = await openPublishingNetwork();
    await writeIn(other, 'motto.graphql', withMotto);
    await writeIn(other, 'slogan.graphql', withMotto.replace('motto', 'slogan'));
    const named = ['--contract', 'national-police'];
    await runIn(other, 'propose', 'motto.graphql', ...named);
    await runIn(other, 'propose', 'slogan.graphql', ...named);
    // The same text is the same proposal.
    const again = await runIn(other, 'propose', 'motto.graphql', ...named);
    expect(again.text).toContain('It is proposal 1');
    await runIn(other, 'adopt', '2');
    const outdated = { code: 'PROPOSAL_OUTDATED' };
    await expect(runIn(other, 'adopt', '1')).rejects.toMatchObject(outdated);
    await expect(runIn(other, 'adopt', '2')).rejects.toThrow(/2 was adopted already/);
    expect((await runIn(other, 'list')).text).toMatch(/2 .* adopted .*\n {2}1 .* outdated/);
    // The committed contract comes back, and needs no file.
    await writeIn(other, 'national-police.graphql', police);
    await runIn(other, 'adopt', 'national-police.graphql', '--force', '--reason', 'It goes back.');
    expect((await runIn(other, 'list')).text).toMatch(/national-police .* as committed$/m);
    expect(await readdir(join(other.registryFolder, 'contracts'))).toEqual([]);
  });
});
