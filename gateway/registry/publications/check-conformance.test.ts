import { describe, expect, it } from 'vitest';
import { type Conformance, signConformance } from './conformance.js';
import { openTestNetwork } from './test-registry.js';

const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

const statement: Conformance = {
  form: 1,
  issuer: 'hub',
  partner: 'no',
  subgraph: 'police',
  endpoint: 'https://hub.no.example.org/graphql',
  schemaVersion: '1',
  checkVersion: '1.0.0',
  checkedAt: inDays(-1),
  validUntil: inDays(89),
  result: 'PASSED',
  passed: ['manifest-is-published'],
  broken: [],
  notDecided: [],
};

type Network = Awaited<ReturnType<typeof openTestNetwork>>;

const sign = async (network: Network, changed: Partial<Conformance> = {}, by = 'hub') =>
  signConformance({ ...statement, ...changed }, await network.signingKeyOf(by));

/** What the hub knows after `no` has published this. */
async function publish(network: Network, conformance: string | null) {
  await network.publish('no', { conformance });
  await using given = await network.start();
  const { accepted, said, fault } = given.registry.stateOf('no');
  const events = network.administration.read().map(({ event, details }) => [event, details]);
  return { accepted, said, fault, refused: events.filter(([event]) => event !== 'RELEASED') };
}

const refusals = (refused: readonly unknown[]) =>
  refused.filter((entry) => JSON.stringify(entry).includes('CONFORMANCE'));

describe('the statement of a check in a manifest', () => {
  it('is known if the hub signed it, about this partner, and it has not expired', async () => {
    await using network = await openTestNetwork();
    const jws = await sign(network);
    const { said, refused } = await publish(network, jws);
    expect(said?.conformance).toEqual({ ...statement, statement: jws });
    expect(refusals(refused)).toEqual([]);
  });

  it.each<[string, string, (network: Network) => Promise<string>]>([
    ['another partner', 'FOREIGN', (network) => sign(network, { partner: 'se' })],
    ['another contract', 'FOREIGN', (network) => sign(network, { subgraph: 'offices' })],
    ['the partner itself', 'FOREIGN', (network) => sign(network, {}, 'no')],
    ['an earlier year', 'EXPIRED', (network) => sign(network, { validUntil: inDays(-0.5) })],
    ['the future', 'EXPIRED', (network) => sign(network, { checkedAt: inDays(1) })],
    ['nobody', 'UNSIGNED', () => Promise.resolve('PASSED')],
    [
      'the hub, changed',
      'FOREIGN',
      async (network) => {
        const [head, , signature] = (await sign(network, { result: 'BROKEN' })).split('.');
        const payload = Buffer.from(JSON.stringify(statement)).toString('base64url');
        return [head, payload, signature].join('.');
      },
    ],
  ])('of %s is logged as %s and not shown, and the publication counts', async (_, code, make) => {
    await using network = await openTestNetwork();
    const { accepted, said, fault, refused } = await publish(network, await make(network));
    expect(said).toMatchObject({ sequence: 1_000, conformance: null });
    expect(accepted).toMatchObject({ lacks: [] });
    expect(fault).toBeUndefined();
    expect(refusals(refused)).toEqual([
      ['CONFORMANCE_REFUSED', { partner: 'no', code: `CONFORMANCE_${code}` }],
    ]);
  });

  it('is refused once, and not at each fetch', async () => {
    await using network = await openTestNetwork();
    await network.publish('no', { conformance: await sign(network, {}, 'se') });
    await using given = await network.start();
    await given.registry.refresh('no');
    await given.registry.refresh('no');
    expect(refusals(network.administration.read())).toHaveLength(1);
  });
});
