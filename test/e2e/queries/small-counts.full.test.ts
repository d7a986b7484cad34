import { describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const query = '{ groups { nodes { id open: formalitiesOpen } } }';
const rows = `query ($group: ID!) { group(id: $group) { members { id
  ... on Officer { formalities(group: $group) { status } }
  ... on Delegate { formalities(group: $group) { status } } } } }`;
const analyst: Asker = { organisation: 'dk', role: 'analyst' };
const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };

const ownerOf = ({ id }: Tree): string => String(id).split(':')[0] ?? '';

/** How many formalities are open by owner of the members, counted from the records that each owner reads. */
async function countOpen({ ask }: OpenNetwork, group: unknown): Promise<number[]> {
  const membersFor = async (asker: Asker) =>
    (await ask(rows, { group }, asker)).data.group.members as Tree[];
  const owners = [...new Set((await membersFor(coordinator)).map(ownerOf))];
  return Promise.all(
    owners.map(async (owner) => {
      const members = await membersFor({ organisation: owner, role: 'coordinator' });
      const own = members.filter((member) => ownerOf(member) === owner);
      const settled = own
        .flatMap(({ formalities }) => formalities as Tree[])
        .filter(({ status }) => ['RECEIVED', 'NOT_NEEDED'].includes(String(status)));
      return 5 * own.length - settled.length;
    }),
  );
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
      const parts = await countOpen(network, id);
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
