import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runAdministrationCommand } from '../../../gateway/cli/records/administration.js';
import { printed } from '../../../gateway/cli/test-printed.js';
import { UsageError } from '../../../gateway/config.js';
import { openRegistryFiles } from '../../../gateway/registry/files/served-graph.js';
import { createUsageStore, usageFile } from '../../../gateway/registry/usage/usage-store.js';
import { patience } from '../network/patience.js';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';
import {
  type Network,
  police,
  runIn,
  withMotto,
  withoutAcronym,
  writeIn,
} from './run-contract-command.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

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
    const proposals = 'contractProposals { number contract changes { element } }';
    expect(await ask(`{ operations { ${proposals} } }`)).toContain(
      '{"number":1,"contract":"national-police","changes":[{"element":"PoliceUnit.motto"}',
    );

    // Before anything is adopted, one of the two upgrades its server.
    await network.partnerOf('no').publish({ schema: withMotto, sequence: 1_001 });
    await hub.refresh('no');
    const { publications } = openRegistryFiles(join(network.folder, 'data'));
    const sequenceOf = (code: string) => publications.read(code)?.accepted?.sequence;
    await expect.poll(() => sequenceOf('no'), patience).toBe(1_001);
    const adopted = await runIn(network, 'adopt', '1');
    expect(adopted.text).toContain('Proposal 1 is the contract national-police.');
    const query = '{ policeUnits { name motto } }';
    let answer = '';
    await expect
      .poll(async () => (answer = await ask(query)), patience)
      .not.toContain('Cannot query field');
    // From the first response on, se is not asked for what its server does not have.
    expect(answer).toContain('PARTNER_LACKS_FIELD');
    expect(answer).toContain('{"name":"Oslo","motto":"All for Norway."}');
    expect(answer).toContain('{"name":"Stockholm","motto":null}');
    expect(answer).toContain('"se":{"status":"LACKS_FIELD"');

    await network.partnerOf('se').publish({ schema: withMotto, sequence: 1_001 });
    await hub.refresh('se');
    expect(await untilAsked(query, 'All for Sweden.')).not.toContain('PARTNER_LACKS_FIELD');
    expect((await runIn(network, 'list')).text).toMatch(/adopted, and not as committed/);
    // The registry's process writes what it has released some time after the hub has the graph.
    await expect
      .poll(() => printed(runAdministrationCommand, ['list'], network.environment), patience)
      .toMatch(/CONTRACT_PROPOSED[^]*CONTRACT_ADOPTED[^]*RELEASED/);
    expect(await printed(runAdministrationCommand, ['verify'], network.environment)).toMatch(
      /whole/,
    );
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
    const log = await printed(runAdministrationCommand, ['list'], network.environment);
    expect(log).toMatch(/CONTRACT_ADOPTED.*Oslo was told in May\./);
    expect(log).toMatch(/CONTRACT_ADOPTED.*PoliceUnit\.acronym/);
    // Servers that still have the field stay as they are.
    expect(await ask('{ policeUnits { name } }')).toContain('Stockholm');
  });
});
