import { tokens } from '@hub/shared/identity';
import { describe, expect, it } from 'vitest';
import { warningCatalogue } from '../../../subgraphs/nbnp/warnings/catalogue.js';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const query = '{ groups { nodes { id open: formalitiesOpen } } }';
const rows = `query ($group: ID!) { group(id: $group) { members { id
  ... on Officer { formalities(group: $group) { status } }
  ... on Delegate { formalities(group: $group) { status } } } } }`;
const analyst: Asker = { organisation: 'dk', role: 'analyst' };
const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };

/** The fields that have a number of a warning too. Whoever may not read them may not read it there. */
const sameNumbers: Readonly<Record<string, (group: Tree) => readonly (number | null)[]>> = {
  PLANNED_TOO_FEW: ({ plannedSize }) => [plannedSize],
  PLANNED_TOO_MANY: ({ plannedSize }) => [plannedSize],
  DEPARTED_TOO_FEW: ({ reportsExpected }) => [reportsExpected],
  FORMALITIES_OPEN: ({ formalitiesOpen }) => [formalitiesOpen],
  BRIEFING_MISSED: ({ memberCount }) => [memberCount],
  REPORTS_OUTSTANDING: ({ reportsExpected, reportsReceived }) => [reportsExpected, reportsReceived],
  MEMBERS_TOO_FEW: ({ memberCount }) => [memberCount],
  MORE_MEMBERS_THAN_PLANNED: ({ memberCount, plannedSize }) => [memberCount, plannedSize],
  VISA_REFUSED: ({ delegateVisasRefused, officerVisasRefused }) => [
    delegateVisasRefused,
    officerVisasRefused,
  ],
};
/** Days of visits, and tasks: each warning’s own rules say who reads it. */
const otherNumbers = ['LONGER_THAN_PLANNED', 'DEADLINE_PASSED'];

const warned = `{ groups { nodes { id plannedSize memberCount reportsExpected reportsReceived
  formalitiesOpen delegateVisasRefused officerVisasRefused warnings { code count message } } } }`;

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

describe('Group.warnings', () => {
  it('has the fields of each number that a warning gives', () => {
    const counted = Object.entries(warningCatalogue).flatMap(([code, { message }]) =>
      message.includes('{count}') ? code : [],
    );
    expect(counted.toSorted()).toEqual([...Object.keys(sameNumbers), ...otherNumbers].toSorted());
  });

  it('gives no role a number that a field of the group withholds from it', async () => {
    await using network = await openNetwork('demonstration', { isGuarded: true });
    const askers: readonly (Asker | undefined)[] = [
      undefined,
      ...network.codes.flatMap((organisation) =>
        tokens.roles.map((role) => ({ organisation, role })),
      ),
    ];
    const leaks: string[] = [];
    const counts = new Set<string>();
    for (const asker of askers) {
      const { data } = await network.ask(warned, {}, asker);
      for (const group of data.groups.nodes as Tree[])
        for (const { code, count } of group.warnings as Tree[]) {
          const same = count === null ? [] : (sameNumbers[code]?.(group) ?? []);
          if (same.length > 0) counts.add(`${code} ${count}`);
          if (same.includes(null))
            leaks.push(`${asker?.role} of ${asker?.organisation}: ${group.id} ${code} ${count}`);
        }
    }
    expect(leaks).toEqual([]);
    // The secretariat reads a large number and a small one.
    expect(counts.size).toBeGreaterThan(1);
  });
});
