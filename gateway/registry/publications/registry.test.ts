import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestNetwork, testContracts } from './test-registry.js';

const motto = testContracts.offices.replace('city: String', 'city: String motto: String');
const hostile = testContracts.offices
  .replace('["@key"]', '["@key", {name: "@override", as: "@mine"}]')
  .concat('type Officer @key(fields: "id") { id: ID! email: String @mine(from: "police") }');

type TestNetwork = Awaited<ReturnType<typeof openTestNetwork>>;

/** The newest release’s graph. */
const graphOf = ({ releases }: Pick<TestNetwork, 'releases'>) =>
  releases.findNewest().release?.supergraphSdl ?? '';

/** What the command `release rollback 1` writes. */
async function rollBackToFirst({ releases }: Pick<TestNetwork, 'releases'>) {
  const old = releases.read(1).release;
  if (!old) throw new Error('There is no release.');
  const { number: _number, previous: _previous, at: _at, ...content } = old;
  await releases.write({ ...content, reason: 'rollback', isPinned: true });
  return content;
}

/** One more than a schema may add to its contract. */
const manyFields = Array.from({ length: 1_001 }, (_, index) => `extra${index}: Int`).join(' ');

describe('a publication', () => {
  it('of the contract makes the first release, and no other graph', async () => {
    await using network = await openTestNetwork();
    await using given = await network.start();
    expect(network.releases.listNumbers()).toEqual([1]);
    expect(given.swaps).toEqual([]);
    expect(given.registry.stateOf('no')).toMatchObject({ accepted: { lacks: [], adds: [] } });
  });

  it('of more fields by the only partner of a contract joins the graph', async () => {
    await using network = await openTestNetwork();
    await using given = await network.start();
    await network.publish('ncm', { schema: motto, sequence: 1_001 });
    await given.registry.refresh('ncm');
    expect(graphOf(network)).toContain('motto');
    expect(given.swaps).toEqual([2]);
    const { release } = network.releases.findNewest();
    expect(release?.publications['ncm']).toMatchObject({ sequence: 1_001, lacks: [] });
  });

  it('of more fields by one of several partners is accepted, and the contract is served', async () => {
    await using network = await openTestNetwork();
    await using given = await network.start();
    const schema = testContracts.police.replace('email: String', 'email: String rank: Int');
    await network.publish('no', { schema, sequence: 1_001 });
    await given.registry.refresh('no');
    expect(given.registry.stateOf('no').accepted?.adds).toEqual(['Officer.rank']);
    expect(graphOf(network)).not.toContain('rank: Int @');
    expect(given.swaps).toEqual([]);
  });

  it('of less than the contract is accepted, and says what it lacks', async () => {
    await using network = await openTestNetwork();
    await using given = await network.start();
    const schema = testContracts.police
      .replace(' email: String', '')
      .replace('officers(rank: Int)', 'officers');
    await network.publish('no', { schema, sequence: 1_001 });
    await given.registry.refresh('no');
    const { release } = network.releases.findNewest();
    expect(release?.publications['no']?.lacks.toSorted()).toEqual([
      'Officer.email',
      'Query.officers(rank:)',
    ]);
    expect(given.swaps).toEqual([]);
  });

  it.each([
    ['another type', 'name: String', 'name: Int', 'breaks-contract', 'Officer.name (3:43)'],
    ['a required argument', 'rank: Int', 'rank: Int!', 'breaks-contract', 'Query.officers(rank:)'],
    ['no key', '@key(fields: "id")', '', 'breaks-contract', 'Officer (3:1)'],
    ['a broken text', 'type Query {', 'type Query', 'syntax', 'the schema'],
    ['an unknown type', 'name: String', 'name: String more: Nothing', 'syntax', 'the schema'],
    ['too many fields', 'name: String', `name: String ${manyFields}`, 'size', 'the schema'],
  ])('with %s is quarantined', async (_what, text, by, rule, place) => {
    await using network = await openTestNetwork();
    await network.publish('no', { schema: testContracts.police.replace(text, by) });
    await using given = await network.start();
    const { quarantined, accepted } = given.registry.stateOf('no');
    expect(accepted).toBeUndefined();
    expect(quarantined?.reasons[0]).toMatchObject({
      rule,
      place: expect.stringContaining(place) as string,
    });
    // The other one of the same contract is served as before.
    expect(given.registry.stateOf('se').accepted).toBeDefined();
  });
});

describe('a hostile publication', () => {
  it('is quarantined with rule and place, its last good one stays, and others are taken', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: motto });
    await using given = await network.start();
    await network.publish('ncm', { schema: hostile, sequence: 1_001, schemaVersion: '2' });
    const schema = testContracts.police.replace(' email: String', '');
    await network.publish('se', { schema, sequence: 1_001 });
    await Promise.all(['ncm', 'se'].map((code) => given.registry.refresh(code)));
    const { accepted, quarantined } = given.registry.stateOf('ncm');
    expect(accepted?.schema).toBe(motto);
    expect(quarantined).toMatchObject({
      schemaVersion: '2',
      reasons: [
        { rule: 'override', place: expect.stringMatching(/^Officer\.email \(\d+:\d+\)/) as string },
      ],
    });
    expect(graphOf(network)).toContain('motto');
    expect(given.registry.stateOf('se').accepted?.lacks).toEqual(['Officer.email']);
    const events = network.administration.read();
    expect(events.filter(({ event }) => event === 'QUARANTINED')).toHaveLength(1);
    expect(network.administration.verify().isWhole).toBe(true);
  });

  it('is accepted once all owners have consented, and no longer when one takes it back', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: hostile });
    await using given = await network.start();
    expect(given.registry.stateOf('ncm').quarantined).toBeDefined();
    const consents = [{ to: 'ncm', rule: 'override', element: 'Officer.email' }];
    await network.publish('no', { consents, sequence: 1_001 });
    await given.registry.refresh('no');
    expect(given.registry.stateOf('ncm').quarantined).toBeDefined();
    await network.publish('se', { consents, sequence: 1_001 });
    await given.registry.refresh('se');
    expect(given.registry.stateOf('ncm').quarantined).toBeUndefined();
    expect(graphOf(network)).toContain('override: "police"');
    await network.publish('se', { sequence: 1_002 });
    await given.registry.refresh('se');
    expect(given.registry.stateOf('ncm').quarantined).toBeDefined();
    expect(graphOf(network)).not.toContain('override: "police"');
  });

  it('leaves quarantine with the next good publication', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: hostile });
    await using given = await network.start();
    await network.publish('ncm', { sequence: 1_001 });
    await given.registry.refresh('ncm');
    expect(given.registry.stateOf('ncm').quarantined).toBeUndefined();
  });

  it('is quarantined if the engine cannot be loaded over it', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: motto });
    await using given = await network.start({
      tryOut: () => Promise.reject(new Error('It is too deep.')),
    });
    expect(given.registry.stateOf('ncm').quarantined?.reasons).toMatchObject([
      { rule: 'load', message: 'It is too deep.' },
    ]);
    expect(graphOf(network)).not.toContain('motto');
  });
});

describe('the registry', () => {
  it('starts with what it knew, with no partner there', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: motto });
    await network.startOnce();
    for (const code of ['no', 'se', 'ncm']) network.respond(code, 503);
    await using given = await network.start();
    expect(network.releases.listNumbers()).toEqual([1]);
    expect(given.swaps).toEqual([]);
    expect(graphOf(network)).toContain('motto');
  });

  it('takes the last schema from the release if its own file is spoilt', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: motto, sequence: 2_000 });
    await network.startOnce();
    const file = join(network.folder, 'publications', 'ncm.json');
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 100));
    network.respond('ncm', 503);
    await using given = await network.start();
    expect(graphOf(network)).toContain('motto');
    expect(given.registry.stateOf('ncm').accepted?.adds).toEqual(['Office.motto']);
    await network.publish('ncm', { sequence: 1_999 });
    await given.registry.refresh('ncm');
    expect(given.registry.stateOf('ncm').fault?.code).toBe('MANIFEST_ROLLBACK');
  });

  it('makes the next release if the newest is spoilt', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: motto });
    await network.startOnce();
    await writeFile(join(network.folder, 'releases', '000001.json'), '{}');
    await using given = await network.start();
    expect(network.releases.findNewest()).toMatchObject({ release: { number: 2 }, errors: [] });
    expect(given.swaps).toEqual([2]);
  });

  it('makes a release of its own if contracts or partners have changed', async () => {
    await using network = await openTestNetwork();
    await network.startOnce();
    await network.startOnce({ basis: 'cd'.repeat(32) });
    expect(network.releases.findNewest().release).toMatchObject({
      number: 2,
      basis: 'cd'.repeat(32),
    });
  });

  it('follows a rollback, and makes no release until it is unpinned', async () => {
    await using network = await openTestNetwork();
    await using given = await network.start();
    await network.publish('ncm', { schema: motto, sequence: 1_001 });
    await given.registry.refresh('ncm');
    const content = await rollBackToFirst(network);
    await given.registry.lookForReleases();
    expect(given.swaps).toEqual([2, 3]);
    await network.publish('ncm', { schema: motto.replace('motto', 'slogan'), sequence: 1_002 });
    await given.registry.refresh('ncm');
    expect(network.releases.listNumbers()).toEqual([3, 2, 1]);
    await network.releases.write({ ...content, reason: 'unpin', isPinned: false });
    await given.registry.lookForReleases();
    expect(graphOf(network)).toContain('slogan');
    expect(given.swaps).toEqual([2, 3, 5]);
  });

  it('does not overtake a rollback that comes while a release is made', async () => {
    await using network = await openTestNetwork();
    await using given = await network.start();
    const { writeAfter } = network.releases;
    network.releases.writeAfter = async (...made) => {
      network.releases.writeAfter = writeAfter;
      await rollBackToFirst(network);
      return writeAfter(...made);
    };
    await network.publish('ncm', { schema: motto, sequence: 1_001 });
    await given.registry.refresh('ncm');
    await given.registry.lookForReleases();
    const { release } = network.releases.findNewest();
    expect(release).toMatchObject({ number: 2, reason: 'rollback', isPinned: true });
    expect(graphOf(network)).not.toContain('motto');
  });
});
