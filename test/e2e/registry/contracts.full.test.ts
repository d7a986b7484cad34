import { digestOf } from '@hub/shared/system';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../../gateway/cli/contract/contract-error.js';
import { UsageError } from '../../../gateway/config.js';
import { openPublishingNetwork } from '../network/publishing-network.js';
import {
  type Network,
  police,
  runIn,
  withMotto,
  withoutAcronym,
  writeIn,
} from './run-contract-command.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

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
    // All commands judge alike. One case shows it.
    const commands = code === 'CONTRACT_UNLAWFUL' ? ['check', 'propose', 'adopt'] : ['propose'];
    for (const command of commands) {
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
    [['show', 'a', 'b']],
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

  it('does not know who uses a removed field if usage was not counted', async () => {
    await writeIn(network, 'national-police.graphql', withoutAcronym);
    const { code, text } = await runIn(network, 'check', 'national-police.graphql');
    expect(code).toBe(1);
    expect(text).toContain('The hub has counted no usage');
    // One of its own tools selects it.
    expect(text).toContain('The tool parties of the hub would fail.');
  });

  it('names trusted documents that would fail, although nobody has sent them', async () => {
    const [text, all] = ['{ policeUnits { acronym } }', '{ policeUnits { id } }'];
    const hash = digestOf(text);
    await writeIn(network, 'rare.json', JSON.stringify({ [hash]: text, [digestOf(all)]: all }));
    const application = { name: 'board', version: '3', owner: 'no', manifest: 'rare.json' };
    await writeIn(network, 'trust.json', JSON.stringify({ applications: [application] }));
    await writeIn(network, 'national-police.graphql', withoutAcronym);
    const HUB_TRUSTED_DOCUMENTS = join(network.folder, 'trust.json');
    const { text: report } = await runIn(
      { folder: network.folder, environment: { ...network.environment, HUB_TRUSTED_DOCUMENTS } },
      'check',
      'national-police.graphql',
    );
    expect(report).toContain(
      `may break, not run in 90 days:\n  board 3 of no: ${hash.slice(0, 12)}\n`,
    );
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
    // So what was adopted before can be adopted again.
    const { text } = await runIn(other, 'adopt', '2');
    expect(text).toContain('Proposal 2 is the contract national-police.');
    expect((await runIn(other, 'show', 'national-police')).text).toContain('  slogan: String\n');
  });
});
