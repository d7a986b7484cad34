import { lateClock } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn, type Programme } from '../network/run-programme.js';

const visit = 'nbnp:demo-visit-2';
const expert = 'ee:demo-expert-2';
const request = { visit, expert, role: 'INTERPRETER', languages: ['ru'] };
const fields =
  'id status loanGranted loanDecidedOn loanReason assignedOn expertId visit { id } expert { name }';

describe('an expert, lent through the hub', () => {
  let network: OpenNetwork;
  let programme: Programme;

  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock: lateClock });
    programme = runIn(network);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const read = (organisation: string, query: string) =>
    network.ask(query, {}, { organisation, role: 'coordinator' });
  const assignmentsFor = (organisation: string) =>
    read(organisation, `{ expert(id: "${expert}") { assignments { ${fields} } } }`);
  const warnings = async () =>
    (
      (await programme.group('nbnp:demo-group-2', 'warnings { code owner message }'))
        .warnings as readonly { code: string; owner: string; message: string }[]
    )
      .filter(({ message }) => message.includes(': EE'))
      .map(({ code, owner }) => [code, owner]);
  const nameFor = async (organisation: string) => {
    const { data, errors } = await read(organisation, `{ expert(id: "${expert}") { name } }`);
    return (data.expert?.name as string | undefined) ?? errors?.[0]?.extensions.code;
  };

  const assign = async () => {
    await programme.done('nbnp', 'assignExpert', request);
    const { data } = await assignmentsFor('ee');
    return data.expert.assignments[0].id as string;
  };

  it('is asked for, refused, released, asked for again and lent', async () => {
    const first = await assign();
    expect(await warnings()).toEqual([['LOAN_UNDECIDED', 'ee']]);
    const decision = {
      expert,
      assignment: first,
      grant: false,
      on: '2026-12-01',
      reason: 'A trial.',
    };
    expect(
      await programme.done('ee', 'decideExpertLoan', decision, 'id status role loanReason'),
    ).toEqual({ id: first, status: 'REFUSED', role: 'INTERPRETER', loanReason: 'A trial.' });
    expect(await programme.call('ee', 'decideExpertLoan', decision)).toMatchObject({
      rule: 'ALREADY_DECIDED',
      argument: 'input.assignment',
    });
    expect(await warnings()).toEqual([['LOAN_REFUSED', 'nbnp']]);
    expect(await nameFor('dk')).toBe('FORBIDDEN');
    await programme.done('nbnp', 'releaseExpert', { assignment: first });
    expect(await warnings()).toEqual([]);
    expect(await programme.call('ee', 'decideExpertLoan', decision)).toMatchObject({
      rule: 'NOT_ASSIGNED',
      argument: 'input.assignment',
    });

    const second = await assign();
    const grant = { expert, assignment: second, grant: true, on: '2026-12-02' };
    expect(await programme.call('lv', 'decideExpertLoan', grant)).toMatchObject({
      code: 'FORBIDDEN',
    });
    await programme.done('ee', 'decideExpertLoan', grant);
    expect(await warnings()).toEqual([]);
    const name = await nameFor('ee');
    const lent = {
      id: second,
      status: 'LENT',
      loanGranted: true,
      loanDecidedOn: '2026-12-02',
      expertId: expert,
      visit: { id: visit },
      expert: { name },
    };
    expect((await assignmentsFor('nbnp')).data.expert.assignments).toMatchObject([lent]);
    // Denmark sends to the visit: it reads her name, and not why she is lent.
    const query = `{ visit(id: "${visit}") { experts { ${fields} } } }`;
    const { data, errors } = await read('dk', query);
    expect(data.visit.experts).toContainEqual(expect.objectContaining(lent));
    const refused = errors?.map(({ path, extensions }) => [path?.at(-1), extensions.code]);
    expect(refused).toContainEqual(['loanReason', 'FORBIDDEN']);
    expect((await assignmentsFor('dk')).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    await programme.done('nbnp', 'releaseExpert', { assignment: second });
    expect(await nameFor('dk')).toBe('FORBIDDEN');
  });

  it('needs NBNP to be lent, and is named as missing while her police is away', async () => {
    const assignment = await assign();
    const decision = { expert, assignment, grant: true, on: '2026-12-01' };
    await network.stop('nbnp');
    expect(await programme.call('ee', 'decideExpertLoan', decision)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
    });
    await network.start('nbnp');
    await programme.done('ee', 'decideExpertLoan', decision);
    const warningsQuery = '{ group(id: "nbnp:demo-group-2") { name warnings { code subject } } }';
    const before = await read('nbnp', warningsQuery);
    expect(before.data.group.warnings).toContainEqual(
      expect.objectContaining({ code: 'LOAN_REFUSED' }),
    );
    await network.stop('ee');
    try {
      const { data, errors } = await read(
        'nbnp',
        `{ visit(id: "${visit}") { experts { id status } } }`,
      );
      expect(data.visit.experts).toContainEqual({ id: assignment, status: null });
      expect(errors).toMatchObject([
        { extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'ee' } },
      ]);
      const group = await read('nbnp', warningsQuery);
      // What other police forces decided stays. A number of formalities would lack hers.
      const all = before.data.group.warnings as readonly { readonly code: string }[];
      expect(group.data.group.warnings).toEqual(
        all.filter(({ code }) => code !== 'FORMALITIES_OPEN'),
      );
      expect(group.errors).toMatchObject([
        { path: ['group', 'warnings'], extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'ee' } },
      ]);
    } finally {
      await network.start('ee');
    }
  });

  it('is visible to those who run the visit until it is cancelled', async () => {
    expect(await nameFor('dk')).toBe(await nameFor('ee'));
    const version = await programme.versionOf('visit', visit);
    await programme.done('nbnp', 'cancelVisit', {
      visit,
      on: '2026-12-05',
      reason: 'Ice.',
      version,
    });
    expect(await nameFor('dk')).toBe('FORBIDDEN');
    expect(await nameFor('nbnp')).toBe(await nameFor('ee'));
  });
});
