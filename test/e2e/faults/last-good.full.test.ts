import { silentLogger } from '@hub/shared/system';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createLastGoodStore,
  type LastGoodStore,
} from '../../../gateway/fan-out/partners/last-good/last-good-store.js';
import type { Answer, Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const analyst: Asker = { organisation: 'se', role: 'analyst' };
const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };
const units = '{ policeUnits { id name } }';
const people = '{ officers(first: 100, filter: { rehearsals: true }) { nodes { id } } }';

/** She shares her contact with the network, and her own co-ordinator may end that too. */
const her: Asker = { organisation: 'dk', role: 'participant', person: 'dk:demo-officer-3' };
const address = 'her@police.example.org';
const contacts = '{ sharedOfficerContacts(with: NETWORK) { nodes { id person workAddress } } }';
const ofOfficer = 'query ($id: ID!) { officer(id: $id) { id sharedContacts { id workAddress } } }';

const isOf =
  (code: string) =>
  ({ id }: Tree): boolean =>
    id.startsWith(`${code}:`);

const statusOf = ({ extensions }: Answer, code: string) => extensions.completeness?.partners[code];

describe('the last good facts of a partner that is away', () => {
  let folder: string;
  let store: LastGoodStore;
  let network: OpenNetwork;
  let whole: Answer;
  let known: Answer;
  let shared: Tree;
  let clockMs = 0;

  /** As its readers do, from the hub that has read it before. */
  const readContacts = () => network.ask(contacts, {}, coordinator);
  const readOfOfficer = () => network.ask(ofOfficer, { id: her.person }, coordinator);
  const withdraw = async () => {
    const { errors } = await network.ask(
      'mutation ($input: WithdrawOfficerContactInput!) { withdrawOfficerContact(input: $input) { id } }',
      { input: { officer: her.person, contact: shared['id'] } },
      her,
    );
    return errors?.map(({ extensions: { code, partner } }) => `${code} ${partner}`);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'last-good-'));
    store = createLastGoodStore({
      path: join(folder, 'last-good.sqlite'),
      onError: (reason) => expect.fail(reason),
      now: () => Date.now() + clockMs,
    });
    network = await openNetwork('demonstration', {
      isGuarded: true,
      logger: silentLogger,
      lastGood: store,
      // Norway allows none.
      lastGoodFor: new Map([['dk', 3_600]]),
    });
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const input = { officer: her.person, with: 'NETWORK', workAddress: address, until };
    const { errors } = await network.ask(
      'mutation ($input: ShareOfficerContactInput!) { shareOfficerContact(input: $input) { id } }',
      { input },
      her,
    );
    expect(errors).toBeUndefined();
    [shared] = (await readContacts()).data.sharedOfficerContacts.nodes.filter(isOf('dk'));
    expect(JSON.stringify(await readOfOfficer())).toContain(address);
    known = await network.ask(people, {}, coordinator);
    whole = await network.ask(units, {}, analyst);
    await store.flush();
    for (const code of ['dk', 'no']) await network.stop(code);
  });
  afterAll(async () => {
    await network[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('are shown as long as it allows, and their age is said', async () => {
    const answer = await network.ask(units, {}, analyst);
    const { complete } = answer.extensions.completeness!;
    expect(complete).toBe(false);
    const { status, ageSeconds } = statusOf(answer, 'dk')!;
    expect(status).toBe('STALE');
    expect(ageSeconds).toBeGreaterThanOrEqual(1);
    expect(answer.data.policeUnits.filter(isOf('dk'))).toEqual(
      whole.data.policeUnits.filter(isOf('dk')),
    );
    expect(answer.data.policeUnits.some(isOf('dk'))).toBe(true);
  });

  it('are not those of another, which allows none', async () => {
    const answer = await network.ask(units, {}, analyst);
    expect(statusOf(answer, 'no')?.status).toBe('UNAVAILABLE');
    expect(answer.data.policeUnits.some(isOf('no'))).toBe(false);
    expect(answer.errors?.map(({ extensions }) => extensions.partner)).toEqual(['no']);
  });

  it('are never about people, however lately they were read', async () => {
    expect(known.data.officers.nodes.some(isOf('dk'))).toBe(true);
    const answer = await network.ask(people, {}, coordinator);
    expect(answer.data.officers.nodes).toEqual(
      known.data.officers.nodes.filter((one: Tree) => !isOf('dk')(one) && !isOf('no')(one)),
    );
    expect(statusOf(answer, 'dk')?.status).toBe('UNAVAILABLE');
    const both = await network.ask(
      '{ policeUnits { id name } officers(filter: { rehearsals: true }) { nodes { id } } }',
      {},
      coordinator,
    );
    expect(statusOf(both, 'dk')?.status).toBe('UNAVAILABLE');
  });

  it('are only what was asked before', async () => {
    const answer = await network.ask('{ policeUnits { id name city } }', {}, analyst);
    expect(statusOf(answer, 'dk')?.status).toBe('UNAVAILABLE');
  });

  it('are there for a hub that starts while the partner is away', async () => {
    const options = { lastGood: store, lastGoodFor: new Map([['dk', 3_600]]) };
    await using other = await network.openHubWithout(['dk'], options);
    const answer = await other.ask(units, {}, analyst);
    expect(statusOf(answer, 'dk')?.status).toBe('STALE');
    expect(answer.data.policeUnits.filter(isOf('dk'))).toEqual(
      whole.data.policeUnits.filter(isOf('dk')),
    );
  });

  it('are not shown to a partner’s server, which decides by what it reads', async () => {
    const answer = await network.ask(units, {}, { organisation: 'nbnp', role: 'service' });
    expect(statusOf(answer, 'dk')?.status).toBe('UNAVAILABLE');
  });

  it('are no longer shown when they are older than the partner allows', async () => {
    clockMs = 3_601_000;
    const answer = await network.ask(units, {}, analyst);
    expect(statusOf(answer, 'dk')?.status).toBe('UNAVAILABLE');
    clockMs = 0;
  });

  it('are not what she takes back, which is refused meanwhile and ends it at once afterwards', async () => {
    expect(await withdraw()).toEqual(['PARTNER_UNAVAILABLE dk']);
    for (const answer of [await readContacts(), await readOfOfficer()]) {
      expect(JSON.stringify(answer)).not.toContain(address);
      expect(statusOf(answer, 'dk')?.status).toBe('UNAVAILABLE');
    }
    await network.start('dk');
    // It was refused, so it has not happened: she says it again.
    expect(JSON.stringify(await readContacts())).toContain(address);
    expect(await withdraw()).toBeUndefined();
    for (const answer of [await readContacts(), await readOfOfficer()]) {
      expect(JSON.stringify(answer)).not.toContain(address);
      expect(statusOf(answer, 'dk')?.status).toMatch(/ANSWERED|DEGRADED/);
    }
    await network.stop('dk');
    await store.flush();
    expect(JSON.stringify([await readContacts(), await readOfOfficer()])).not.toContain(address);
  });
});
