import { describe, expect, it } from 'vitest';
import { openTestNetwork, testContracts } from './test-registry.js';

const motto = testContracts.offices.replace('city: String', 'city: String motto: String');
const hostile = testContracts.offices
  .replace('["@key"]', '["@key", {name: "@override", as: "@mine"}]')
  .concat('type Officer @key(fields: "id") { id: ID! email: String @mine(from: "police") }');

describe('a manifest', () => {
  it.each([
    ['MANIFEST_UNSIGNED', '{"data":null}'],
    ['MANIFEST_UNREACHABLE', 404],
    ['MANIFEST_UNREACHABLE', 302],
    ['MANIFEST_INVALID', 'x'.repeat(1_000_001)],
  ] as const)('changes nothing: %s', async (code, response) => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: motto });
    await using given = await network.start();
    network.respond('ncm', response);
    await given.registry.refresh('ncm');
    await given.registry.refresh('ncm');
    const state = given.registry.stateOf('ncm');
    expect(state.fault?.code).toBe(code);
    expect(state.accepted?.schema).toBe(motto);
    expect(network.releases.listNumbers()).toEqual([1]);
    const refused = network.administration
      .read()
      .filter(({ event }) => event === 'PUBLICATION_REFUSED');
    expect(refused.map(({ details }) => details)).toEqual([{ partner: 'ncm', code }]);
  });

  it('of another partner is foreign, also if that partner signed it', async () => {
    await using network = await openTestNetwork();
    await using given = network.open();
    network.respond('ncm', await network.sign(network.manifestOf('no')));
    await given.registry.refresh('ncm');
    expect(given.registry.stateOf('ncm').fault?.code).toBe('MANIFEST_FOREIGN');
    network.respond('ncm', await network.sign(network.manifestOf('ncm'), 'no'));
    await given.registry.refresh('ncm');
    expect(given.registry.stateOf('ncm').fault?.code).toBe('MANIFEST_FOREIGN');
  });

  it('for another contract is invalid', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { subgraph: 'police' });
    await using given = network.open();
    await given.registry.refresh('ncm');
    expect(given.registry.stateOf('ncm').fault?.code).toBe('MANIFEST_INVALID');
  });

  it('that is older than the last one is a rollback, also after a restart', async () => {
    await using network = await openTestNetwork();
    await network.publish('ncm', { schema: motto, sequence: 1_002 });
    await network.startOnce();
    await network.publish('ncm', { sequence: 1_001 });
    await using given = await network.start();
    expect(given.registry.stateOf('ncm')).toMatchObject({
      fault: { code: 'MANIFEST_ROLLBACK' },
      accepted: { schema: motto },
    });
  });

  it('that does not end hinders nobody else', async () => {
    await using network = await openTestNetwork();
    network.respond('no', (response) => void response.write('{'));
    await using given = network.open();
    const started = given.registry.start();
    await expect.poll(() => given.registry.stateOf('ncm').accepted).toBeDefined();
    expect(given.registry.stateOf('no').accepted).toBeUndefined();
    void started;
  });

  it('says when the partner is in maintenance, whatever becomes of its schema', async () => {
    await using network = await openTestNetwork();
    const maintenance = [
      { from: '2026-12-01T22:00:00Z', to: '2026-12-01T23:00:00Z', message: 'A move.' },
    ];
    await network.publish('ncm', { schema: hostile, maintenance, lastGoodFor: 60 });
    await using given = network.open();
    await given.registry.refresh('ncm');
    expect(given.registry.stateOf('ncm').said).toMatchObject({ maintenance, lastGoodFor: 60 });
  });
});
