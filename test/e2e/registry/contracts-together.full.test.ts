import { holdFolder } from '@hub/shared/storage';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runPartnerCommand } from '../../../gateway/cli/membership/partner-commands.js';
import { runAdministrationCommand } from '../../../gateway/cli/records/administration.js';
import { printed } from '../../../gateway/cli/test-printed.js';
import { UsageError } from '../../../gateway/config.js';
import { readAdopted, readContract } from '../../../gateway/registry/contracts.js';
import { finishAdoption, holdMembers } from '../../../gateway/registry/files/adopt-proposals.js';
import { openRegistryFiles } from '../../../gateway/registry/files/served-graph.js';
import { openPublishingNetwork } from '../network/publishing-network.js';
import { type Network, police, runIn, withMotto, writeIn } from './run-contract-command.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const [nbnp, offices] = ['nbnp', 'ncm-offices'].map((name) => readContract(name).sdl) as [
  string,
  string,
];
/** Both contracts have the enum, for arguments and for fields. So it must be the same in both. */
const withTranslator = (sdl: string) => sdl.replace('enum SupportRole { ', '$&TRANSLATOR ');
const files = ['nbnp.graphql', 'national-police.graphql'];

describe('contracts that change together', () => {
  let network: Network;
  beforeAll(async () => {
    network = await openPublishingNetwork();
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const write = async (...texts: string[]) => {
    for (const [index, sdl] of texts.entries()) await writeIn(network, files[index] ?? '', sdl);
  };

  it('are refused one by one, and can be adopted together', async () => {
    await write(withTranslator(nbnp), withTranslator(police));
    for (const file of files)
      await expect(runIn(network, 'check', file)).rejects.toMatchObject({
        code: 'CONTRACT_NOT_COMPOSED',
        message: expect.stringContaining('SupportRole'),
      });
    const { code, text } = await runIn(network, 'check', ...files);
    expect(text).toContain('The next version of nbnp\nThe next version of national-police\n');
    expect(text).toContain('SupportRole.TRANSLATOR: ');
    // The servers of both contracts.
    for (const partner of ['nbnp', 'no', 'se'])
      expect(text).toMatch(new RegExp(`^  ${partner}  has published nothing`, 'm'));
    expect([code, text]).toEqual([0, expect.stringMatching(/It can be adopted\.$/)]);
  });

  it('list their changes separately', async () => {
    await write(withTranslator(nbnp), withTranslator(withMotto));
    const { text } = await runIn(network, 'propose', ...files);
    expect(text).toMatch(/nbnp: It is proposal 1, [^]*national-police: It is proposal 2, /);
    const { proposals } = openRegistryFiles(join(network.folder, 'data'));
    const elementsOf = (number: number) =>
      proposals
        .read(number)
        ?.changes.map(({ element }) => element)
        .toSorted();
    expect(elementsOf(1)).toEqual(['SupportRole.TRANSLATOR']);
    expect(elementsOf(2)).toEqual(['PoliceUnit.motto', 'SupportRole.TRANSLATOR']);
  });

  it('may hand a field over, if its owner gives it up', async () => {
    const owned = /extend type Visit \{[^}]*practicalInformation: String\n/;
    const pair = ['nbnp.graphql', 'ncm-offices.graphql'];
    const given = nbnp.replace(owned, (text) => text.replace(/  "[^"]*"\n  practicalI.*\n/, ''));
    const taken = `${offices}\nextend type Visit { practicalInformation: String }`;
    await writeIn(network, 'nbnp.graphql', given);
    await writeIn(network, 'ncm-offices.graphql', taken);
    await expect(runIn(network, 'check', 'ncm-offices.graphql')).rejects.toThrow(/^CONTRACT_/);
    expect((await runIn(network, 'check', ...pair)).text).toContain('no difference');
    // Its owner keeps it, and changes something else.
    await writeIn(network, 'nbnp.graphql', withTranslator(nbnp));
    await writeIn(network, 'national-police.graphql', withTranslator(police));
    const override = taken
      .replace('"@key"', '"@key", "@override"')
      .replace(/ \}$/, ' @override(from: "nbnp") }');
    await writeIn(network, 'ncm-offices.graphql', override);
    await expect(runIn(network, 'adopt', ...pair, ...files.slice(1))).rejects.toMatchObject({
      code: 'CONTRACT_UNLAWFUL',
      message: expect.stringContaining('[override] at Visit.practicalInformation'),
    });
  });

  it.each([
    [['check', 'nbnp.graphql', './nbnp.graphql']],
    [['show', 'nbnp', 'national-police']],
    [['check', 'nbnp.graphql', 'national-police.graphql', '--contract', 'nbnp']],
    [['propose', 'nbnp.graphql', '7']],
  ])('are refused with the usage: %j', async (argv) => {
    await write(withTranslator(nbnp), withTranslator(police));
    await expect(runIn(network, ...argv)).rejects.toThrow(UsageError);
  });

  it('are refused if one of them changes nothing', async () => {
    await write(withTranslator(nbnp), police);
    await expect(runIn(network, 'adopt', ...files)).rejects.toMatchObject({
      code: 'CONTRACT_UNCHANGED',
      message: expect.stringContaining('national-police'),
    });
  });

  it('are adopted by their numbers, a file beside a number too', async () => {
    await using other = await openPublishingNetwork();
    await writeIn(other, 'nbnp.graphql', withTranslator(nbnp));
    await writeIn(other, 'national-police.graphql', withTranslator(police));
    await runIn(other, 'propose', ...files);
    await expect(runIn(other, 'adopt', '1')).rejects.toMatchObject({
      code: 'CONTRACT_NOT_COMPOSED',
    });
    const { text } = await runIn(other, 'adopt', '1', 'national-police.graphql');
    expect(text).toMatch(
      /Proposal 1 is the contract nbnp\.\nProposal 2 is the contract national-police\./,
    );
    const listed = (await runIn(other, 'list')).text;
    expect(listed).toMatch(
      /national-police .* adopted, and not as committed\n {2}nbnp .* adopted, /,
    );
    expect(listed).toMatch(/2 {2}national-police .* adopted .*\n {2}1 {2}nbnp .* adopted /);
    const log = await printed(runAdministrationCommand, ['list'], other.environment);
    expect(log.match(/CONTRACT_ADOPTED/g)).toHaveLength(2);
    await expect(runIn(other, 'adopt', '1', '2')).rejects.toMatchObject({
      code: 'PROPOSAL_OUTDATED',
    });
  });

  it('are adopted while a hub runs, whose registry holds its folder', async () => {
    await using other = await openPublishingNetwork();
    await writeIn(other, 'national-police.graphql', withMotto);
    await mkdir(other.registryFolder, { recursive: true });
    await using held = await holdFolder(other.registryFolder);
    expect(held).toBeDefined();
    const { text } = await runIn(other, 'adopt', 'national-police.graphql');
    expect(text).toContain('Proposal 1 is the contract national-police.');
    const suspend = ['suspend', 'no', '--reason', 'moving'];
    await runPartnerCommand(suspend, () => undefined, other.environment);
  });

  it('are adopted by one command at a time, because each is judged with the others', async () => {
    await using other = await openPublishingNetwork();
    const texts = [withMotto, withMotto.replace('motto', 'slogan')];
    for (const [index, text] of texts.entries()) {
      await writeIn(other, `${index}.graphql`, text);
      await runIn(other, 'propose', `${index}.graphql`, '--contract', 'national-police');
    }
    const dataDir = join(other.folder, 'data');
    {
      await using _ = await holdMembers(dataDir);
      await expect(runIn(other, 'adopt', '1')).rejects.toMatchObject({ code: 'CONTRACT_BUSY' });
      const suspend = ['suspend', 'no', '--reason', 'moving'];
      await expect(runPartnerCommand(suspend, () => undefined, other.environment)).rejects.toThrow(
        'Another command changes',
      );
    }
    const ends = await Promise.allSettled(['1', '2'].map((one) => runIn(other, 'adopt', one)));
    const adopted = ends.findIndex(({ status }) => status === 'fulfilled');
    expect(ends.toSorted((a, b) => a.status.localeCompare(b.status))).toMatchObject([
      { status: 'fulfilled' },
      // The second one may begin while the first one adopts, or after that.
      {
        status: 'rejected',
        reason: { code: expect.stringMatching(/^(CONTRACT_BUSY|PROPOSAL_OUTDATED)$/) },
      },
    ]);
    expect(readAdopted('national-police', dataDir)?.sdl).toBe(texts[adopted]);
    const log = await printed(runAdministrationCommand, ['list'], other.environment);
    expect(log.match(/CONTRACT_ADOPTED/g)).toHaveLength(1);
  });

  it.each<[string, readonly number[]]>([
    ['before it writes the first', []],
    ['after it wrote the first', [1]],
  ])('are all adopted if the command is killed %s', async (_when, written) => {
    await using other = await openPublishingNetwork();
    await writeIn(other, 'nbnp.graphql', withTranslator(nbnp));
    await writeIn(other, 'national-police.graphql', withTranslator(police));
    await runIn(other, 'propose', ...files);
    const dataDir = join(other.folder, 'data');
    const begin = (numbers: readonly number[]) =>
      writeFile(join(other.registryFolder, 'adopting.json'), JSON.stringify(numbers));
    if (written.length > 0) {
      await begin(written);
      await finishAdoption(dataDir);
    }
    const sdlOf = (name: string) => readAdopted(name, dataDir)?.sdl;
    expect([sdlOf('nbnp'), sdlOf('national-police')]).toEqual([
      written.includes(1) ? withTranslator(nbnp) : undefined,
      undefined,
    ]);
    await begin([1, 2]);
    expect((await runIn(other, 'list')).text).toMatch(/2 .* adopted .*\n {2}1 .* adopted /);
    expect([sdlOf('nbnp'), sdlOf('national-police')]).toEqual([nbnp, police].map(withTranslator));
  });
});
