import { anonymous, type tokens } from '@hub/shared/identity';
import { codes } from '@hub/shared/policy';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestTasks } from '../testing/test-tasks.js';

const organisations = ['nbnp', 'ncm', ...codes.policeCodes] as const;
const roles: readonly tokens.Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];
const cases = organisations.flatMap((organisation) =>
  roles.map((role) => ({ organisation, role, isStaff: !['analyst', 'auditor'].includes(role) })),
);

/** Whose task each subject is, written out independently of the rules. */
const owners: Readonly<Record<string, string | readonly string[]>> = {
  'dk:pending': 'nbnp',
  'ncm:withdrawn': 'nbnp',
  'ncm:pending': 'ncm',
  'ncm:d1': 'ncm',
  'nbnp:north': 'ncm',
  'ncm:offer': 'ncm',
  'nbnp:south-stop': 'ncm',
  'nbnp:north-visit': 'ncm',
  'fi:offer': 'fi',
  'nbnp:north-stop': 'fi',
  'dk:officer-1': 'dk',
  'nbnp:assignment': 'lt',
  // Without a visit, and without a nomination of these.
  'nbnp:north-2': ['nbnp', 'ncm'],
  'nbnp:south-2': ['nbnp', ...codes.policeCodes.filter((code) => code !== 'fi')],
  'nbnp:south': codes.policeCodes.filter((code) => !['dk', 'fi'].includes(code)),
};

describe.each(testDatabases)('Query.tasks on $name', (kind) => {
  it('is forbidden to the anonymous', async () => {
    await using network = await openTestTasks(kind);
    const { data, errors } = await network.ask('{ tasks { totalCount } }', {}, anonymous);
    expect(data).toEqual({ tasks: null });
    expect(errors).toMatchObject([{ path: ['tasks'], extensions: { code: 'FORBIDDEN' } }]);
    expect(network.requests).toEqual([]);
  });

  it('shows each role of each organisation its own tasks, or nothing', async () => {
    await using network = await openTestTasks(kind);
    for (const { organisation, role, isStaff } of cases) {
      const name = `${role} of ${organisation}`;
      const { data, errors } = await network.askTasks(organisation, role);
      if (!isStaff) {
        expect(data, name).toEqual({ tasks: null });
        expect(errors, name).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
        continue;
      }
      expect(errors, name).toBeUndefined();
      const { nodes } = data?.['tasks'] as { nodes: { subject: string }[] };
      const own = Object.keys(owners).filter((subject) =>
        [owners[subject]].flat().includes(organisation),
      );
      expect(nodes.map(({ subject }) => subject).toSorted(), name).toEqual(own.toSorted());
    }
  });
});
