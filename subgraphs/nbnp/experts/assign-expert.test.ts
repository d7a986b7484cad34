import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { away, north, openTestVisits, south, week, type TestHub } from '../testing/test-visits.js';

const lent: TestHub = {
  ExpertToAssign: ({ id }) => ({
    expert:
      id === 'ee:expert' ? { roles: ['INTERPRETER', 'EXPERT'], languages: ['et', 'ru'] } : null,
  }),
};

const assign = {
  visit: south.visit,
  expert: 'ee:expert',
  role: 'INTERPRETER',
  languages: ['ru', 'et'],
};

describe.each(testDatabases)('Mutation.assignExpert on $name', (kind) => {
  it('assigns an expert in each role that her police force offers', async () => {
    await using network = await openTestVisits(kind, lent);
    const selection =
      'id version experts { role languages expertId assignedOn visit { id } expert { id } }';
    const same = {
      expertId: 'ee:expert',
      assignedOn: '2033-12-31',
      visit: { id: south.visit },
      expert: { id: 'ee:expert' },
    };
    await network.done('assignExpert', assign);
    const asExpert = { ...assign, role: 'EXPERT', languages: ['fi'] };
    const { experts, ...visit } = await network.done('assignExpert', asExpert, selection);
    expect(visit).toEqual({ id: south.visit, version: 1 });
    expect(experts).toHaveLength(2);
    expect(experts).toEqual(
      expect.arrayContaining([
        { role: 'INTERPRETER', languages: ['ru', 'et'], ...same },
        { role: 'EXPERT', languages: ['fi'], ...same },
      ]),
    );
  });

  it.each([
    ['EXPERT_ROLE', { role: 'SUPPORT_PERSON' }, 'input.role'],
    ['EXPERT_LANGUAGES', { languages: ['ru', 'fi'] }, 'input.languages'],
    ['EXPERT_LANGUAGES', { languages: [] }, 'input.languages'],
  ])('refuses by %s: %j', async (rule, change, argument) => {
    await using network = await openTestVisits(kind, lent);
    const refused = await network.refusal('assignExpert', { ...assign, ...change });
    expect(refused).toMatchObject({ code: 'RULE_VIOLATED', rule, argument });
  });

  it.each([
    ['ee:unheard-of', 'input.expert', {}],
    ['a\0b', 'input.expert', {}],
    ['ee:expert', 'input.visit', { visit: 'nbnp:unheard-of' }],
  ])('refuses with NOT_FOUND %j or its visit: %s', async (expert, argument, change) => {
    await using network = await openTestVisits(kind, lent);
    const refused = await network.refusal('assignExpert', { ...assign, expert, ...change });
    expect(refused).toMatchObject({ code: 'NOT_FOUND', argument });
  });

  it('refuses a language that is named twice', async () => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('assignExpert', { ...assign, languages: ['ru', 'ru'] });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.languages' });
  });

  it('refuses by ALREADY_ASSIGNED, and by EXPERT_ELSEWHERE while she serves another visit, without a request', async () => {
    await using network = await openTestVisits(kind);
    const other = { ...assign, expert: 'lt:expert' };
    expect(
      await network.refusal('assignExpert', { ...other, visit: north.visit, role: 'EXPERT' }),
    ).toMatchObject({ rule: 'ALREADY_ASSIGNED', argument: 'input.expert' });
    expect(await network.refusal('assignExpert', other)).toMatchObject({
      rule: 'EXPERT_ELSEWHERE',
      argument: 'input.expert',
    });
    expect(network.asked).toEqual([]);
  });

  it('lets an expert serve if the other visit is on other days or its group is cancelled', async () => {
    await using network = await openTestVisits(kind, {
      ExpertToAssign: () => ({ expert: { roles: ['EXPERT'], languages: [] } }),
    });
    const other = { ...assign, expert: 'lt:expert', role: 'EXPERT', languages: [] };
    await network.update(Visit, north.visit, { startsOn: '2030-05-12', endsOn: '2030-05-13' });
    await network.done('assignExpert', other);
    await network.source.manager.delete(ExpertAssignment, { visitId: south.visit });
    await network.update(Visit, north.visit, week);
    await network.update(Group, north.group, { cancelledOn: '2030-03-01' });
    await network.done('assignExpert', other);
  });

  it('assigns the expert once when many requests for overlapping visits arrive together', async () => {
    await using network = await openTestVisits(kind, lent);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        network.change('assignExpert', {
          ...assign,
          visit: index % 2 === 0 ? south.visit : north.visit,
        }),
      ),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(await network.source.manager.countBy(ExpertAssignment, { expertId: 'ee:expert' })).toBe(
      1,
    );
  });

  it('assigns once for each idempotency key, and writes nothing while her police force is unavailable', async () => {
    await using network = await openTestVisits(kind, lent);
    const keyed = { ...assign, idempotencyKey: 'k' };
    const repeated = Array.from({ length: 20 }, () => network.done('assignExpert', keyed));
    expect(await Promise.all(repeated)).toEqual(Array(20).fill({ id: south.visit }));
    expect(await network.source.manager.countBy(ExpertAssignment, { visitId: south.visit })).toBe(
      1,
    );
    await using alone = await openTestVisits(kind, { ExpertToAssign: away('ee') });
    expect(await alone.refusal('assignExpert', keyed)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ee',
    });
  });
});

describe.each(testDatabases)('Mutation.releaseExpert on $name', (kind) => {
  const release = { assignment: 'nbnp:assignment' };

  it('removes an assignment, once', async () => {
    await using network = await openTestVisits(kind);
    expect(await network.done('releaseExpert', release, 'id experts { id }')).toEqual({
      id: north.visit,
      experts: [],
    });
    expect(await network.refusal('releaseExpert', release)).toMatchObject({
      code: 'NOT_FOUND',
      argument: 'input.assignment',
    });
  });
});

describe.each(testDatabases)('RETURNED and CANCELLED on $name', (kind) => {
  it.each([
    ['assignExpert', { ...assign, visit: north.visit }],
    ['releaseExpert', { assignment: 'nbnp:assignment' }],
  ])('stop %s; a departure does not', async (name, input) => {
    await using network = await openTestVisits(kind, lent);
    await network.update(Visit, north.visit, {
      departedOn: week.startsOn,
      returnedOn: week.endsOn,
    });
    expect(await network.refusal(name, input)).toMatchObject({ rule: 'RETURNED' });
    await network.update(Group, north.group, { cancelledOn: week.startsOn });
    expect(await network.refusal(name, input)).toMatchObject({ rule: 'CANCELLED' });
    await network.update(Group, north.group, { cancelledOn: null });
    await network.update(Visit, north.visit, { returnedOn: null });
    await network.done(name, input);
  });
});

describe.each(testDatabases)('ExpertAssignment.status on $name', (kind) => {
  it('follows the decision of her police force', async () => {
    await using network = await openTestVisits(kind);
    const statusOf = async (loanGranted: boolean | null, isLoanPutBack: boolean | null = false) => {
      const key = { __typename: 'ExpertAssignment', id: 'nbnp:assignment' };
      const [found] = await network.entities(
        [{ ...key, loanGranted, isLoanPutBack }],
        '... on ExpertAssignment { status }',
      );
      return found;
    };
    expect(await statusOf(null)).toEqual({ status: 'REQUESTED' });
    expect(await statusOf(true)).toEqual({ status: 'LENT' });
    expect(await statusOf(false)).toEqual({ status: 'REFUSED' });
    expect(await statusOf(null, true)).toEqual({ status: 'REQUESTED' });
  });

  it('is unknown while her police force is unavailable', async () => {
    await using network = await openTestVisits(kind);
    const key = { __typename: 'ExpertAssignment', id: 'nbnp:assignment' };
    const unknown = { ...key, loanGranted: null, loanWithdrawnOn: null, isLoanPutBack: null };
    const read = await network.entities([unknown], '... on ExpertAssignment { status }');
    expect(read).toEqual([{ status: null }]);
  });
});

describe.each(testDatabases)('Expert.assignments on $name', (kind) => {
  it('lists the assignments that the network has not released, by id', async () => {
    await using network = await openTestVisits(kind);
    const fields = '... on Expert { assignments { id visit { id } } }';
    const read = () =>
      network.entities(
        ['lt:expert', 'lt:unheard-of'].map((id) => ({ __typename: 'Expert', id })),
        fields,
      );
    const earlier = { id: 'nbnp:a', visitId: south.visit, expertId: 'lt:expert' };
    await network.insert(ExpertAssignment, { ...earlier, role: 'EXPERT', languages: [] });
    const later = { id: 'nbnp:assignment', visit: { id: north.visit } };
    expect(await read()).toEqual([
      { assignments: [{ id: 'nbnp:a', visit: { id: south.visit } }, later] },
      { assignments: [] },
    ]);
    await network.done('releaseExpert', { assignment: 'nbnp:a' });
    expect(await read()).toEqual([{ assignments: [later] }, { assignments: [] }]);
  });
});
