import type { AskHub } from '@hub/shared/policy';
import type { PrepareRemoval } from '@hub/shared/programme';
import { inner } from '@hub/shared/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareRemoval as ofPolice } from '../../../subgraphs/national-police/groups/remove-rehearsals.js';
import { prepareRemoval as ofNetwork } from '../../../subgraphs/nbnp/programmes/remove-rehearsals.js';
import { prepareRemoval as ofOffices } from '../../../subgraphs/ncm-offices/programmes/remove-rehearsals.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

let network: OpenNetwork;
beforeAll(async () => {
  network = await openNetwork('demonstration', { isGuarded: true });
});
afterAll(() => network[Symbol.asyncDispose]());

const preparations: Readonly<Record<string, PrepareRemoval>> = { nbnp: ofNetwork, ncm: ofOffices };

/** The command of a partner, which asks the hub as the partner’s own server. */
function run(partner: string): Promise<ReadonlyMap<string, number>> {
  const askHub: AskHub = async (query, variables) => {
    const asker = { organisation: partner, role: 'service' } as const;
    const { data, errors } = await network.ask(query, variables, asker);
    expect(errors).toBeUndefined();
    return data;
  };
  const { source } = network.serverOf(partner);
  const context = { partner, source, askHub, clock: () => new Date() };
  return inner.removeRehearsals(context, preparations[partner] ?? ofPolice, true);
}

it('each partner removes its part of the rehearsal that the network has removed, and no other', async () => {
  // The network’s part is first: nobody else knows yet that a rehearsal has ended.
  for (const code of network.codes) if (code !== 'nbnp') expect(await run(code)).toEqual(new Map());
  expect((await run('nbnp')).get('programmes')).toBe(1);
  const removed = new Map<string, number>();
  for (const code of network.codes)
    for (const [table, count] of await run(code))
      removed.set(table, (removed.get(table) ?? 0) + count);
  for (const table of ['officer_nominations', 'programme_signatures', 'participant_reports'])
    expect(removed.get(table), table).toBeGreaterThan(0);
  const { data, errors } = await network.ask(
    `{ programmes { id groups { id officerNominations { id officer { id } } delegateNominations { id delegate { id } } } }
       offices(filter: { rehearsals: true }) { id } }`,
    {},
    { organisation: 'nbnp', role: 'coordinator' },
  );
  expect(errors).toBeUndefined();
  const ids = data.programmes.map(({ id }: { id: string }) => id);
  expect(ids).toContain('nbnp:demo-programme');
  expect(ids).not.toContain('nbnp:demo-programme-past');
  expect(data.offices.map(({ id }: { id: string }) => id)).toContain('ncm:demo-office');
});
