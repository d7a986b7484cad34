import { ensureKeyFiles, fingerprintsOf, keyFilesOf, readKeyFile } from '@hub/shared/identity';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runContractCommand } from '../../../gateway/cli/contract/contract-commands.js';
import { runPartnerCommand } from '../../../gateway/cli/membership/partner-commands.js';
import { runHeadsCommand } from '../../../gateway/cli/records/heads.js';
import { readConfig } from '../../../gateway/config.js';
import { takeHeads } from '../../../gateway/plugins/heads/open-heads.js';
import {
  createSpoiltCheck,
  listSources,
  openPublishedFacts,
} from '../../../gateway/process/open-registry.js';
import { composeContracts } from '../../../gateway/registry/compose-contracts.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import { readRepairedConfig } from '../../../gateway/registry/files/repair-registry.js';
import { openRegistryFiles } from '../../../gateway/registry/files/served-graph.js';
import { readMarks } from '../../../gateway/registry/written/watched-files.js';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';
import { sheltersSchema } from '../network/run-shelters.js';
import { openStubPartner } from '../network/stub-partner.js';

type Network = Awaited<ReturnType<typeof openPublishingNetwork>>;

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const police = readContract('national-police').sdl;
const withMotto = police.replace('  acronym: String\n', '  acronym: String\n  motto: String\n');

/** What may become of a file on a disk. */
const damages: Readonly<Record<string, (path: string) => Promise<void>>> = {
  'cut to nothing': (path) => truncate(path, 0),
  'cut in half': (path) => truncate(path, Math.floor(lstatSync(path).size / 2)),
  'changed in one byte': async (path) => {
    const bytes = readFileSync(path);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(path, bytes);
  },
  removed: (path) => rm(path),
  'replaced by a folder': async (path) => {
    await rm(path);
    await mkdir(path);
  },
  // A link to itself cannot be read, by no user at all.
  unreadable: async (path) => {
    await rm(path);
    await symlink(path, path);
  },
};

/** A partner with a fresh key, that an operator adds. */
async function add(network: Network, code: string, subgraph: string, schema?: string) {
  const keys = join(network.folder, `home-of-${code}`);
  await ensureKeyFiles(keys, code);
  const file = keyFilesOf(keys, code).public;
  const prints = await fingerprintsOf(await readKeyFile(file));
  // A new kind has no contract in the clone.
  const known = schema === undefined ? subgraph : 'nbnp';
  const partner = await openStubPartner({ code, subgraph: known, keys });
  await partner.publish({ subgraph, ...(schema !== undefined && { schema }) });
  const flags = prints.map(({ thumbprint }) => `--fingerprint=${thumbprint}`);
  const argv = ['add', partner.url, '--partner', code, '--name', code, '--keys', file, ...flags];
  await runPartnerCommand(argv, () => undefined, network.environment);
  return partner;
}

async function listFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

describe('a file of the registry that was spoilt', () => {
  let network: Network;
  let template: string;
  let files: string[];
  const others: AsyncDisposable[] = [];

  /** Everything that writes a file of the registry, in a running network. */
  async function useAll(hub: TestHub): Promise<void> {
    const releases = join(network.registryFolder, 'releases');
    const list = () => readdir(releases).catch(() => []);
    await vi.waitFor(async () => expect(await list()).toContain('000001.json'), patience);
    others.push(await add(network, 'pl', 'national-police'));
    others.push(await add(network, 'shelters', 'shelters', readFileSync(sheltersSchema, 'utf8')));
    const said = () => undefined;
    const suspend = ['suspend', 'no', '--reason', 'A pause.'];
    await runPartnerCommand(suspend, said, network.environment);
    const file = join(network.folder, 'national-police.graphql');
    await writeFile(file, withMotto);
    await runContractCommand(['adopt', file], said, network.environment);
    await runHeadsCommand(['reset', 'se', '--reason', 'A new disk.'], said, network.environment);
    const newest = () => openRegistryFiles(join(network.folder, 'data')).releases.findNewest();
    const isAll = () => {
      const { members, publications = {} } = newest().release ?? {};
      return `${JSON.stringify(members)} ${JSON.stringify(publications['se']?.lacks)} ${Object.keys(publications).toSorted().join()}`;
    };
    await vi.waitFor(
      () =>
        expect(isAll()).toMatch(
          /"contracts":\[.*national-police.*"PoliceUnit.motto".* nbnp,ncm,pl,se,shelters$/,
        ),
      patience,
    );
    const codes = async () => JSON.stringify(await hub.ask('{ partners { code } }'));
    await vi.waitFor(async () => expect(await codes()).toContain('shelters'), patience);
  }

  beforeAll(async () => {
    network = await openPublishingNetwork();
    await network.publishAll();
    {
      await using hub = await network.startHub(1);
      await useAll(hub);
    }
    template = join(network.folder, 'template');
    await cp(join(network.folder, 'data'), template, { recursive: true });
    files = await listFiles(join(template, 'registry'));
  });
  afterAll(async () => {
    for (const one of others) await one[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const graphs = new Set<string>();

  /** What the primary process and a worker do at their start, without a port. */
  async function start(spoilt: readonly string[], damage: string) {
    const dataDir = join(network.folder, 'spoilt');
    await rm(dataDir, { recursive: true, force: true });
    await cp(template, dataDir, { recursive: true });
    for (const file of spoilt) await damages[damage]?.(join(dataDir, 'registry', file));
    const environment = { ...network.environment, HUB_DATA_DIR: dataDir };
    const read = () => readConfig(environment, []);
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => void lines.push(line) });
    readMarks(dataDir);
    const config = await readRepairedConfig(
      read(),
      {
        note: (found) => logger.error(found),
        failed: (reason) => expect.fail(reason),
      },
      read,
    );
    if (!config.network) throw new Error('There is no network.');
    const at = { ...config, network: config.network };
    const published = openPublishedFacts(at, logger);
    const warning = createSpoiltCheck(at, logger)();
    takeHeads(at.network, { config: at, logger });
    const { value, done } = await listSources(at, published, logger).next();
    if (done || !('network' in value.source)) throw new Error('There is nothing to serve.');
    const { source } = value;
    const { contracts, proposals, releases, supergraphSdl } = source;
    // Each graph composes.
    const text = JSON.stringify(contracts);
    if (supergraphSdl === undefined && !graphs.has(text)) {
      composeContracts(contracts, at.network.partners);
      graphs.add(text);
    }
    proposals?.();
    releases?.('');
    await openRegistryFiles(dataDir).administration.append('STARTED', {});
    return {
      partners: at.network.partners
        .map(({ code, membership }) => (membership ? `${code} ${membership.state}` : code))
        .toSorted(),
      police: contracts.find(({ name }) => name === 'national-police')?.sdl,
      hasShelters: contracts.some(({ name }) => name === 'shelters'),
      lacks: [...(published?.lacks.get('se') ?? [])],
      isSaid: warning !== undefined && lines.length > 0,
      lines,
    };
  }

  const whole = {
    partners: ['nbnp', 'ncm', 'no SUSPENDED', 'pl', 'se', 'shelters'].toSorted(),
    police: withMotto,
    hasShelters: true,
    lacks: ['PoliceUnit.motto'],
  };

  it('is one of those that a running hub and its commands write', async () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'administration.jsonl',
        'contracts/national-police.graphql',
        'contracts/shelters.graphql.sealed',
        'heads.jsonl',
        'members.json',
        'members.json.sealed',
        'proposals/000001.json',
        'publications/se.json',
        'releases/000001.json',
      ]),
    );
    expect(await start([], 'removed')).toMatchObject({ ...whole, isSaid: false, lines: [] });
  });

  /**
   * Nobody can tell that a file is missing that nothing else names, or lines that a crash may have cut off. Releases
   * before the newest are read when somebody wants to go back.
   */
  function isUnnoticed(file: string, damage: string): boolean {
    const newest = files.filter((name) => name.startsWith('releases/')).at(-1);
    if (file.startsWith('releases/') && file !== newest) return true;
    // Nothing is in the lock but that somebody has it.
    if (file.endsWith('in-use.lock')) return true;
    // Of a suspended partner, releases know nothing.
    if (file === 'publications/no.json' && damage === 'removed') return true;
    if (damage === 'removed') return /^(releases|proposals)\/|\.jsonl$|\.sealed$/.test(file);
    return file.endsWith('.jsonl') && damage.startsWith('cut');
  }

  it.each(Object.keys(damages))(
    'costs nothing if it is %s, alone or with its copy',
    async (damage) => {
      for (const file of files) {
        const copy = `${file}.sealed`;
        const sets = files.includes(copy) ? [[file], [file, copy]] : [[file]];
        for (const spoilt of sets) {
          const started = await start(spoilt, damage);
          const isSaid = !isUnnoticed(file, damage);
          expect(
            started,
            `${spoilt.join(', ')} ${damage}: ${started.lines.join('\n')}`,
          ).toMatchObject({ ...whole, ...(isSaid && { isSaid }) });
        }
      }
    },
  );

  it.each(Object.keys(damages))(
    'leaves the network file and the contracts if all are %s',
    async (damage) => {
      const { partners, police: sdl } = await start(files, damage);
      expect(partners).toEqual(expect.arrayContaining(['nbnp', 'ncm', 'se']));
      expect([police, withMotto]).toContain(sdl);
    },
  );

  it('stops no hub, and loses no row of a partner that is up', async () => {
    const { registryFolder } = network;
    for (const file of files) await damages['cut in half']?.(join(registryFolder, file));
    await using hub = await network.startHub(1);
    const { data } = await hub.ask('{ policeUnits { id } offices { id } }');
    expect(JSON.stringify(data)).toMatch(/no:unit-1.*se:unit-1.*ncm:led/);
    const ready = await fetch(new URL('/health/ready', hub.url));
    expect(await ready.json()).toMatchObject({
      status: 'ready',
      warnings: { registry: expect.stringMatching(/^REGISTRY_FILES_SPOILT: /) },
    });
    expect(hub.command.output().stdout).toContain('members.json');
    expect(existsSync(join(registryFolder, 'members.json'))).toBe(false);
  });
});
