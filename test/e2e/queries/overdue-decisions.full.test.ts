import { createKeyStore, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { codes } from '@hub/shared/policy';
import { silentLogger } from '@hub/shared/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOverdueWatch } from '../../../gateway/plugins/owner-notices/overdue-watch.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import { createRequestSigner } from '../../../gateway/server/security/sign-request.js';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

/** Months after what the demonstration plans: much is overdue. */
const clock = () => new Date('2027-09-01T12:00:00Z');
const today = '2027-09-01';
const organisations = ['nbnp', 'ncm', ...codes.policeCodes];
const subgraphOf = (code: string) =>
  ({ nbnp: 'nbnp', ncm: 'ncm-offices' })[code] ?? 'national-police';

/** What the hub itself learns of all partners. */
async function askAll(network: OpenNetwork) {
  const store = (organisations: readonly string[], half: 'private' | 'public') =>
    createKeyStore({
      files: new Map(organisations.map((code) => [code, keyFilesOf(network.keys, code)[half]])),
    });
  await using watch = createOverdueWatch({
    partners: organisations.map((code) => ({
      code,
      subgraph: subgraphOf(code),
      url: network.urlOf(code),
    })),
    contracts: [readContract('nbnp')],
    sign: createRequestSigner({
      ownKeys: store([hubIssuer], 'private'),
      partnerKeys: store(organisations, 'public'),
    }),
    logger: silentLogger,
  });
  await watch.look();
  return watch.take();
}

/** What a co-ordinator of each organisation sees in her own list of tasks. */
async function countFromLists(network: OpenNetwork): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const organisation of organisations) {
    const { data, errors } = await network.ask(
      '{ tasks(first: 1000) { nodes { kind dueOn isUncertain isRehearsal } } }',
      {},
      { organisation, role: 'coordinator' },
    );
    expect(errors).toBeUndefined();
    for (const { kind, dueOn, isUncertain, isRehearsal } of data.tasks.nodes as Tree[]) {
      if (dueOn === null || `${dueOn}` >= today || isUncertain || isRehearsal) continue;
      const key = `${organisation} ${kind}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).toSorted();
}

describe('what the hub learns of overdue decisions', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('is nothing of a rehearsal, as the whole demonstration is one', async () => {
    expect(await askAll(network)).toEqual(expect.arrayContaining([{ by: 'nbnp', overdue: [] }]));
  });

  it('is what each organisation reads in its own tasks, and only the network says it', async () => {
    await network.serverOf('nbnp').source.query('UPDATE "programmes" SET "is_rehearsal" = 0');
    const said = await askAll(network);
    const counted = said.flatMap(({ overdue }) =>
      overdue.map(
        ({ organisation, kind, countAtLeast }) => `${organisation} ${kind} ${countAtLeast}`,
      ),
    );
    expect(counted.toSorted()).toEqual(await countFromLists(network));
    expect(new Set(counted.map((each) => each.split(' ')[0])).size).toBeGreaterThan(2);
    expect(said.filter(({ overdue }) => overdue.length > 0).map(({ by }) => by)).toEqual(['nbnp']);
    expect(said.map(({ by }) => by).toSorted()).toEqual(organisations.toSorted());
  });

  it('counts what is past a deadline as the warnings of the groups do', async () => {
    const kinds: Readonly<Record<string, readonly string[]>> = {
      DECISION: ['DECIDE_NOMINATION', 'DECIDE_LOAN'],
      FORMALITIES: ['COMPLETE_FORMALITIES'],
      HOST_CONFIRMATION: ['OFFER_HOSTING', 'CONFIRM_HOSTING', 'CONFIRM_STOP'],
    };
    const deadlines = Object.keys(kinds).map((kind) => ({ kind, days: 30 }));
    const { source } = network.serverOf('nbnp');
    await source.query('UPDATE "programmes" SET "deadlines" = ?', [JSON.stringify(deadlines)]);
    // A deadline before a departure ends with it.
    await source.query(
      'UPDATE "visits" SET "returned_on" = "ends_on" WHERE "departed_on" IS NOT NULL',
    );
    const asked = '{ programmes { groups { warnings { code deadline owner count } } } }';
    const secretariat = { organisation: 'nbnp', role: 'coordinator' } as const;
    const { data, errors } = await network.ask(asked, {}, secretariat);
    expect(errors).toBeUndefined();
    const counts = new Map<string, number>();
    const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count);
    const groups = (data.programmes as Tree[]).flatMap((one) => (one.groups ?? []) as Tree[]);
    for (const { code, deadline, owner, count } of groups.flatMap((one) => one.warnings as Tree[]))
      if (code === 'DEADLINE_PASSED') add(`${owner} ${deadline}`, Number(count));
    expect(counts.size).toBeGreaterThan(5);
    for (const each of await countFromLists(network)) {
      const [organisation = '', kind = '', count] = each.split(' ');
      const [deadline] = Object.keys(kinds).filter((one) => kinds[one]?.includes(kind));
      if (deadline) add(`${organisation} ${deadline}`, -Number(count));
    }
    expect([...counts].filter(([, left]) => left !== 0)).toEqual([]);
  });

  it('is nothing while the network’s server is away, and nothing else fails', async () => {
    await network.serverOf('nbnp').close();
    const said = await askAll(network);
    expect(said.map(({ by }) => by)).not.toContain('nbnp');
    expect(said.flatMap(({ overdue }) => overdue)).toEqual([]);
  });
});
