import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runPartnerCommand } from '../../../gateway/cli/membership/partner-commands.js';
import { showStatus } from '../../../gateway/cli/status/status.js';
import { readMembers, writeMembers } from '../../../gateway/registry/written/members.js';
import { askMotto, motto, releasesOf, withMotto, type Network } from '../network/motto.js';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';
import { readMetrics } from '../network/read-metrics.js';
import { openStubPartner, type StubPartner } from '../network/stub-partner.js';
import { makeKeys } from './newcomer.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

/** A contract that one partner alone can serve: no field says how the rows of several are merged. */
const shelters = `${link}
  type Query { shelters: [Shelter!] }
  type Shelter @key(fields: "id") { id: ID! name: String }`;

const archives = `${link}
  type Query { archives: [Archive!] }
  type Archive @key(fields: "id") { id: ID! title: String }`;

/** What does not compose with a field that the offices publish. */
const rivals = `${link}
  type Query { rivals: [Rival!] }
  type Rival @key(fields: "id") { id: ID! }
  type Office @key(fields: "id") { id: ID! motto: String }`;

describe('a second partner of a kind that several cannot serve', () => {
  let network: Network;
  let partners: StubPartner[];
  beforeEach(async () => {
    network = await openPublishingNetwork({ HUB_METRICS: '127.0.0.1' });
    await network.publishAll();
    partners = [];
  });
  afterEach(async () => {
    for (const partner of partners) await partner[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const dataDir = () => join(network.folder, 'data');

  async function open(code: string, subgraph: string, schema: string, resolvers = {}) {
    const { keys, file, flags } = await makeKeys(network.folder, code);
    // Its server begins with any contract, and serves the schema that it publishes.
    const partner = await openStubPartner({ code, subgraph: 'ncm-offices', keys, resolvers });
    partners.push(partner);
    await partner.publish({ subgraph, schema });
    const argv = ['add', partner.url, '--partner', code, '--name', code, '--keys', file, ...flags];
    return {
      url: partner.url,
      keyFile: file,
      join: () => runPartnerCommand(argv, () => undefined, network.environment),
    };
  }

  const openShelters = (code: string) =>
    open(code, 'shelters', shelters, {
      Query: { shelters: () => [{ id: `${code}:1`, name: `House of ${code}` }] },
    });

  const nodesOf = async (hub: TestHub) =>
    JSON.stringify((await hub.ask('{ shelters { name } archives { title } }')).data);
  const whole = '{"shelters":[{"name":"House of first"}],"archives":[{"title":"Letters"}]}';

  it('is refused before anything is written, and left out if it was written nevertheless', async () => {
    await network.partnerOf('ncm').publish({ schema: withMotto(network) });
    await (await openShelters('first')).join();
    const title = { Query: { archives: () => [{ id: 'archive:1', title: 'Letters' }] } };
    await (await open('archive', 'archives', archives, title)).join();
    const members = readMembers(dataDir());
    const second = await openShelters('second');
    await expect(second.join()).rejects.toThrow(
      /cannot join the graph:\n(.*\n)*.*Query\.shelters: a root field needs @route or @gather/,
    );
    expect(readMembers(dataDir())).toEqual(members);
    await using hub = await network.startHub(1);
    await expect.poll(() => askMotto(hub), patience).toEqual(motto);
    await expect.poll(() => nodesOf(hub), patience).toBe(whole);
    const releases = await releasesOf(network);

    const rival = await open('rivals', 'rivals', rivals);
    await expect(rival.join()).rejects.toThrow(/cannot join the graph:\n.*Office\.motto/);
    expect(await askMotto(hub)).toEqual(motto);
    expect(readMembers(dataDir())).toEqual(members);

    // As an earlier version of the command has done, or a copy of another hub’s files.
    const { url, keyFile } = second;
    await mkdir(join(dataDir(), 'keys'), { recursive: true });
    await copyFile(keyFile, join(dataDir(), 'keys', 'second.public.json'));
    const [first] = members.added;
    if (!first) throw new Error('The first has not joined.');
    const publicKeys = 'keys/second.public.json';
    const written = { ...first, code: 'second', name: 'second', url, publicKeys };
    await writeMembers(dataDir(), { ...members, added: [...members.added, written] });

    const ready = async () => {
      const response = await fetch(`${hub.url}/health/ready`);
      expect(response.status).toBe(200);
      return ((await response.json()) as { warnings?: { graph?: string } }).warnings?.graph;
    };
    await expect.poll(ready, patience).toMatch(/^GRAPH_NOT_LOADED: .*\bsecond\b/);
    expect(await nodesOf(hub)).toBe(whole);
    expect(await askMotto(hub)).toEqual(motto);
    const said: string[] = [];
    await showStatus(
      ['--url', `${hub.url}/graphql`],
      (line) => said.push(line),
      network.environment,
    );
    expect(said.join('\n')).toMatch(/^warning graph: GRAPH_NOT_LOADED: .*\bsecond\b/m);
    const { valueOf } = await readMetrics(hub.url);
    expect(valueOf('hub_graph_not_loaded')).toBe(1);
    expect(hub.command.output().stdout).toMatch(
      /"partner":"second"[^\n]*Query\.shelters: a root field needs @route or @gather/,
    );
    // Nothing of what others publish is judged by a graph without them.
    await network.partnerOf('ncm').publish({
      schema: `${withMotto(network)}\nextend type Office { slogan: String }`,
      sequence: 1_001,
    });
    await hub.refresh('ncm');
    const hasSlogan = async () =>
      JSON.stringify((await hub.ask('{ __type(name: "Office") { fields { name } } }')).data);
    await expect.poll(hasSlogan, patience).toContain('slogan');
    // The list of members has changed too, which is a release of its own if it is read before.
    expect((await releasesOf(network)).length).toBeGreaterThan(releases.length);

    // It is well again when the second is removed from the file.
    await writeMembers(dataDir(), members);
    await expect.poll(ready, patience).toBeUndefined();
    expect(await nodesOf(hub)).toBe(whole);
  });
});
