import type { AskHub } from '@hub/shared/policy';
import { usualRetention } from '@hub/shared/records';
import { testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition } from '../partner.js';
import { openTestPolice } from '../testing/test-partner.js';

/** A hub, and what it was told. It refuses while the network is unavailable. */
function createHub() {
  const told: unknown[] = [];
  const state = { isAway: true, isRefused: false };
  const askHub: AskHub = (query, variables = {}) => {
    if (!query.includes('eraseTexts')) return Promise.resolve({});
    told.push(variables['person']);
    if (state.isAway) return Promise.reject(new Error('PARTNER_UNAVAILABLE'));
    return Promise.resolve({ eraseTexts: state.isRefused ? null : true });
  };
  return { askHub, told, state };
}

const outstanding = async (police: TestPartner) => {
  const { policeErasures } = await police.read<{ policeErasures: { nodes: { person: string }[] } }>(
    '{ policeErasures(country: "LV", outstanding: true) { nodes { person } } }',
  );
  return policeErasures.nodes.map(({ person }) => person);
};

describe.each(testDatabases)('Query.policeErasures on $name', (kind) => {
  it('is outstanding until the server’s chore has told the network, and then asks no more', async () => {
    const { askHub, told, state } = createHub();
    await using police = await openTestPolice(kind, 'lv', 'demonstration', { askHub });
    const clock = () => new Date('2034-01-01T12:00:00Z');
    const { source } = police;
    const chore = () =>
      definition.chore?.({ partner: 'lv', source, clock, askHub, retention: usualRetention });
    await police.read('mutation { eraseOfficer(id: "lv:demo-officer-1") }');
    await police.read('mutation { eraseExpert(id: "lv:demo-expert-1") }');
    const people = ['lv:demo-expert-1', 'lv:demo-officer-1'];
    expect(told).toEqual(people.toReversed());
    expect(await outstanding(police)).toEqual(people);
    const all = '{ policeErasures(country: "LV") { nodes { person } } }';
    expect(await police.read(all)).toEqual({
      policeErasures: { nodes: people.map((person) => ({ person })) },
    });
    await chore();
    Object.assign(state, { isAway: false, isRefused: true });
    expect(await chore()).toBe(false);
    expect(await outstanding(police)).toEqual(people);
    state.isRefused = false;
    await chore();
    expect(await outstanding(police)).toEqual([]);
    const { policeErasures } = await police.read(
      '{ policeErasures(country: "LV", outstanding: false) { nodes { person holder removedAt } } }',
    );
    const removedAt = '2034-01-01T12:00:00.000Z';
    expect(policeErasures).toEqual({
      nodes: people.map((person) => ({ person, holder: 'nbnp', removedAt })),
    });
    const times = told.length;
    await chore();
    expect(told).toHaveLength(times);
  });

  it('has nothing of a person who does not exist', async () => {
    const { askHub, told } = createHub();
    await using police = await openTestPolice(kind, 'lv', 'demonstration', { askHub });
    await police.read('mutation { eraseOfficer(id: "lv:nobody") }');
    expect([told, await outstanding(police)]).toEqual([[], []]);
  });
});
