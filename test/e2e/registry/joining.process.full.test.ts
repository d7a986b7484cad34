import { keyFilesOf } from '@hub/shared/identity';
import { createDisposableStack } from '@hub/shared/testing';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { examinePartners } from '../../../gateway/cli/doctor/doctor.js';
import { explain } from '../../../gateway/cli/explain/explain.js';
import { runPartnerCommand } from '../../../gateway/cli/membership/partner-commands.js';
import { runAdministrationCommand } from '../../../gateway/cli/records/administration.js';
import { showStatus } from '../../../gateway/cli/status/status.js';
import { printed } from '../../../gateway/cli/test-printed.js';
import { UsageError, readNetworkConfig } from '../../../gateway/config.js';
import { adoptedFile } from '../../../gateway/registry/contracts.js';
import { readMembers } from '../../../gateway/registry/written/members.js';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';
import { runShelters } from '../network/run-shelters.js';
import { openStubPartner, type StubPartner } from '../network/stub-partner.js';
import { makeKeys } from './newcomer.js';

type Network = Awaited<ReturnType<typeof openPublishingNetwork>>;

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

describe('commands that change who is in the network', () => {
  let network: Network;
  let hub: TestHub | undefined;
  let said: string[];

  beforeEach(async () => {
    network = await openPublishingNetwork();
    await network.publishAll();
    said = [];
  });
  afterEach(async () => {
    await hub?.[Symbol.asyncDispose]();
    hub = undefined;
    await network[Symbol.asyncDispose]();
  });

  const ask = (query: string) => {
    if (!hub) throw new Error('The hub does not run.');
    return hub.ask(query);
  };

  const members = async () => {
    const { data } = await ask('{ partners { code membership } }');
    return (data as { partners: Record<string, unknown>[] }).partners.map(
      ({ code, membership }) => `${String(code)} ${String(membership)}`,
    );
  };

  const run = (...argv: string[]) =>
    runPartnerCommand(argv, (line) => void said.push(line), network.environment);

  const openPolice = async (): Promise<{
    police: StubPartner;
    add: (...more: string[]) => Promise<number>;
    flags: string[];
  }> => {
    const { keys, file, flags } = await makeKeys(network.folder, 'pl');
    const police = await openStubPartner({
      code: 'pl',
      subgraph: 'national-police',
      keys,
      resolvers: { Query: { policeUnits: () => [{ id: 'pl:unit-1', name: 'Warsaw' }] } },
    });
    await police.publish();
    const add = (...more: string[]) =>
      run(
        'add',
        police.url,
        '--partner',
        'pl',
        '--name',
        'Police of Poland',
        '--keys',
        file,
        ...more,
      );
    return { police, add, flags };
  };

  /** A partner of a new kind, whose contract comes with it. */
  const openShelters = async () => {
    const { keys, file, flags } = await makeKeys(network.folder, 'shelters');
    const { public: hubKeys } = keyFilesOf(join(network.folder, 'data', 'keys'), 'hub');
    const shelters = await runShelters(keys, { hubKeys });
    const named = ['--partner', 'shelters', '--name', 'Shelters', '--keys', file];
    return { shelters, add: () => run('add', shelters.url, ...named, ...flags) };
  };

  it('refuse private keys, and write nothing of them', async () => {
    const { keys, file, flags } = await makeKeys(network.folder, 'pl');
    await using police = await openStubPartner({ code: 'pl', subgraph: 'national-police', keys });
    await police.publish();
    const argv = ['add', police.url, '--partner', 'pl', '--name', 'Police of Poland', ...flags];
    const secret = await readFile(keyFilesOf(keys, 'pl').private, 'utf8');
    // Under the name of a public file, too: what the file has in it counts.
    await writeFile(file, secret);
    await expect(run(...argv, '--keys', file)).rejects.toThrow('PRIVATE_KEYS_GIVEN');
    expect(said).toEqual([]);
    const dataDir = join(network.folder, 'data');
    expect(readMembers(dataDir).added).toEqual([]);
    const written = join(dataDir, 'keys', 'pl.public.json');
    await expect(readFile(written, 'utf8')).rejects.toThrow('ENOENT');
  });

  const unitsOf = async () => JSON.stringify(await ask('{ policeUnits { id name } }'));

  /** What each command that lists partners says. */
  const listPartners = async (url: string) => {
    const lines: string[] = [];
    const tell = (line: string) => void lines.push(line);
    const { environment } = network;
    await explain(['{ policeUnits { id } }'], tell, environment);
    const officers = '{ officers(first: 1) { nodes { id unit { name } } } }';
    await explain([officers], tell, environment);
    await showStatus(['--url', `${url}/graphql`], tell, environment);
    const { network: all, privateKeys } = readNetworkConfig(environment);
    const dataDir = join(network.folder, 'data');
    const examined = await examinePartners(all, { dataDir, privateKeys });
    return `${lines.join('\n')}${JSON.stringify(examined)}`;
  };

  // One hub for all: each change replaces its worker, which takes seconds of the CPU.
  it('add and suspend a police, remove it and take it back while the hub runs, and resume it before a restart', async () => {
    await using newcomers = createDisposableStack();
    const { shelters, add: addShelters } = await openShelters();
    newcomers.use(shelters);
    await addShelters();
    expect(said.at(-1)).toBe('shelters has joined, with the new contract shelters.');
    hub = await network.startHub(1);
    const askShelters = async () =>
      JSON.stringify(await ask('{ shelters { nodes { name visits { id } } } }'));
    expect(await askShelters()).toContain('Harbour House');
    const { police, add, flags } = await openPolice();
    newcomers.use(police);
    await add(...flags);
    expect(said.at(-1)).toBe('pl has joined, with the contract national-police.');
    await expect.poll(unitsOf, patience).toContain('Warsaw');

    const suspend = () => run('suspend', 'pl', '--reason', 'It asks for a pause.');
    await suspend();
    await expect.poll(() => members(), patience).toContain('pl SUSPENDED');
    // A worker that is being replaced still responds on the connections that it has.
    const askUnits = async () => JSON.stringify(await ask('{ policeUnits { id city } }'));
    const suspended = async () => {
      const asked = police.asked();
      const isNamed = (await askUnits()).includes('PARTNER_SUSPENDED');
      return [isNamed, police.asked() - asked];
    };
    await expect.poll(suspended, patience).toEqual([true, 0]);

    await run('remove', 'pl', '--reason', 'It has a network of its own.', '--yes');
    await expect.poll(() => members(), patience).toContain('pl REMOVED');
    await expect.poll(askUnits, patience).not.toMatch(/pl:unit-1|PARTNER_(SUSPENDED|REMOVED)/);
    const listed = await listPartners(hub.url);
    expect(listed).toMatch(/\bse\b/);
    expect(listed).not.toMatch(/\bpl\b/);
    await add(...flags);
    expect(said.at(-1)).toBe('pl is back, with the contract national-police (OLD_KEY).');
    await expect.poll(unitsOf, patience).toContain('Warsaw');

    // After a restart, the new kind is there without its partner, and so is whoever was resumed meanwhile.
    await hub[Symbol.asyncDispose]();
    await suspend();
    await run('resume', 'pl');
    await shelters.stop();
    const events = await printed(runAdministrationCommand, ['list'], network.environment);
    for (const event of ['ADDED', 'SUSPENDED', 'RESUMED', 'REMOVED'])
      expect(events).toContain(`PARTNER_${event}`);
    expect(events).toMatch(/PARTNER_ADDED {2}\{"partner":"pl",[^\n]*"readmittedBy":\["OLD_KEY"\]/);
    expect(await printed(runAdministrationCommand, ['verify'], network.environment)).toMatch(
      /whole/,
    );
    hub = await network.startHub(1);
    expect(await unitsOf()).toContain('Warsaw');
    const away = JSON.stringify(await ask('{ shelters { totalCount } }'));
    expect(away).toContain('"data":{"shelters":null}');
    expect(away).toContain('"shelters":{"status":"UNAVAILABLE"}');
  });

  it('add a partner again whose contract was lost', async () => {
    const { shelters, add } = await openShelters();
    await using _ = shelters;
    const dataDir = join(network.folder, 'data');
    await add();
    const before = readMembers(dataDir);
    const contract = adoptedFile(dataDir, 'shelters');
    for (const path of [contract, `${contract}.sealed`]) await rm(path);
    await add();
    expect(readMembers(dataDir)).toEqual(before);
    expect(before).toMatchObject({ added: [{ code: 'shelters' }], contracts: ['shelters'] });
  });

  it('change nothing where a person has not confirmed the keys, or they are not the partner’s', async () => {
    const { police, add, flags } = await openPolice();
    await using _ = police;
    const { file, flags: others } = await makeKeys(network.folder, 'xx');
    await expect(add(...others)).rejects.toThrow(/were not confirmed/);
    await expect(add(...flags.slice(0, 1))).rejects.toThrow(/were not confirmed/);
    await expect(add()).rejects.toThrow(UsageError);
    const foreign = [
      'add',
      police.url,
      '--partner',
      'pl',
      '--name',
      'Poland',
      '--keys',
      file,
      ...others,
    ];
    await expect(run(...foreign)).rejects.toMatchObject({ code: 'MANIFEST_FOREIGN' });
    police.publishFile('{}');
    await expect(add(...flags)).rejects.toMatchObject({ code: 'MANIFEST_UNSIGNED' });
    await police.stop();
    await expect(add(...flags)).rejects.toMatchObject({ code: 'MANIFEST_UNREACHABLE' });
    expect(readMembers(join(network.folder, 'data')).added).toEqual([]);
  });

  it('refuse a partner of another kind the code of a country, which its police has', async () => {
    const { keys, file, flags } = await makeKeys(network.folder, 'fr');
    await using partner = await openStubPartner({ code: 'fr', subgraph: 'national-police', keys });
    const schema = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query { shelters: [Shelter!] }
      type Shelter @key(fields: "id") { id: ID! }`;
    await partner.publish({ subgraph: 'shelters', schema });
    const add = run('add', partner.url, '--partner', 'fr', '--name', 'X', '--keys', file, ...flags);
    await expect(add).rejects.toThrow(
      'fr is the code of a country, which is kept for national-police. Choose another code, such as shelters-fr.',
    );
    expect(readMembers(join(network.folder, 'data')).added).toEqual([]);
  });

  it('refuse a schema that takes what is another’s', async () => {
    const { keys, file, flags } = await makeKeys(network.folder, 'xx');
    await using partner = await openStubPartner({ code: 'xx', subgraph: 'national-police', keys });
    const schema = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])
      type Query { secrets: [Group!] }
      type Group @key(fields: "id") { id: ID! name: String @override(from: "nbnp") }`;
    await partner.publish({ subgraph: 'spies', schema });
    const add = run('add', partner.url, '--partner', 'xx', '--name', 'X', '--keys', file, ...flags);
    await expect(add).rejects.toThrow(/override/);
    expect(readMembers(join(network.folder, 'data')).added).toEqual([]);
  });
});

describe('commands that change who is in the network, and cannot', () => {
  let network: Network;
  beforeAll(async () => {
    network = await openPublishingNetwork();
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const run = (argv: readonly string[]) =>
    runPartnerCommand(argv, () => undefined, network.environment);

  it.each([
    [['suspend', 'no']],
    [['remove', 'no', '--reason', ' ']],
    [['suspend']],
    [['promote', 'no']],
    [['add', 'no-url', '--partner', 'pl', '--name', 'P', '--keys', 'x']],
  ])('say how they are used: %j', async (argv) => {
    await expect(run(argv)).rejects.toThrow(UsageError);
  });

  it.each([
    [['suspend', 'zz', '--reason', 'x'], /no partner/],
    [['resume', 'no'], /not suspended/],
  ])('say why nothing can be changed: %j', async (argv, reason) => {
    await expect(run(argv)).rejects.toThrow(reason);
  });
});
