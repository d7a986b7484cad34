import { describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork } from '../network/open-network.js';

const query = '{ groups { nodes { id open: formalitiesOpen } } }';
const rows = `query ($group: ID!) { group(id: $group) { members { id
  ... on Officer { formalities(group: $group) { status } }
  ... on Delegate { formalities(group: $group) { status } } } } }`;
const analyst: Asker = { organisation: 'dk', role: 'analyst' };
const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };

/** How many formalities are open by owner of the members, counted from the records. */
function countOpen(members: readonly Tree[]): number[] {
  const open = new Map<string, number>();
  for (const { id, formalities } of members) {
    const owner = String(id).split(':')[0] ?? '';
    const settled = (formalities as Tree[]).filter(({ status }) =>
      ['RECEIVED', 'NOT_NEEDED'].includes(String(status)),
    );
    open.set(owner, (open.get(owner) ?? 0) + 5 - settled.length);
  }
  return [...open.values()];
}

describe('Group.formalitiesOpen', () => {
  it('is withheld from who has no task with the group where the part of one owner is below the threshold', async () => {
    await using network = await openNetwork('demonstration', { isGuarded: true });
    const [told, whole] = [await network.ask(query), await network.ask(query, {}, coordinator)];
    expect(whole.errors).toBeUndefined();
    // Who analyses has no task with a group.
    const analysed = await network.ask(query, {}, analyst);
    expect(analysed.data).toEqual(told.data);
    const nodes = told.data.groups.nodes as Tree[];
    const withheld: unknown[] = [];
    for (const [index, { id, open }] of nodes.entries()) {
      const { data } = await network.ask(rows, { group: id }, coordinator);
      const parts = countOpen(data.group.members as Tree[]);
      const sum = parts.reduce((all, part) => all + part, 0);
      expect(whole.data.groups.nodes[index].open, String(id)).toBe(sum);
      const isSmall = parts.some((part) => part < 5);
      expect(open, String(id)).toBe(isSmall ? null : sum);
      if (isSmall) withheld.push(['groups', 'nodes', index, 'open']);
    }
    expect(withheld.length).toBeGreaterThan(0);
    // In which order errors stand is left open by the specification.
    const paths = (told.errors ?? []).map(({ path }) => path);
    expect(paths).toHaveLength(withheld.length);
    expect(paths).toEqual(expect.arrayContaining(withheld));
    expect(told.errors?.every(({ extensions }) => extensions.code === 'FORBIDDEN')).toBe(true);
    expect(told.extensions.completeness?.complete).toBe(true);
  });
});
