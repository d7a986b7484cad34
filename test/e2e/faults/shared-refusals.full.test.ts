import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

let network: OpenNetwork;
beforeAll(async () => {
  network = await openNetwork('demonstration', { isGuarded: true });
});
afterAll(() => network[Symbol.asyncDispose]());

const coordinator = { organisation: 'nbnp', role: 'coordinator' } as const;
const noCursor = 'bm9uZQ';
const people = 'filter: { rehearsals: true }';

describe('a refusal by all partners', () => {
  it.each([
    [`{ officers(after: "${noCursor}", ${people}) { nodes { id } } }`, 'officers'],
    [`{ experts(after: "${noCursor}", ${people}) { nodes { id } } }`, 'experts'],
    [
      `{ officers(after: "${noCursor}", filter: { country: "DK", rehearsals: true }) { nodes { id } } }`,
      'officers',
    ],
  ])('names the argument and no partner: %s', async (query, field) => {
    const { data, errors, extensions } = await network.ask(query, {}, coordinator);
    expect(data).toEqual({ [field]: null });
    expect(errors).toEqual([
      {
        message:
          '`after` is not valid. The cursor of the row to continue behind: `endCursor` of the page before.',
        path: [field],
        extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
      },
    ]);
    expect(extensions.completeness?.complete).toBe(true);
  });

  it('is tried with lists that have rows', async () => {
    const query = `{ officers(${people}) { totalCount } experts(${people}) { totalCount } }`;
    const { data } = await network.ask(query, {}, coordinator);
    expect(data).toEqual({ officers: { totalCount: 48 }, experts: { totalCount: 12 } });
  });

  it.each([
    [`{ officers(${people}) { nodes { id } } }`, ['officers']],
    [`{ experts(${people}) { nodes { id } } }`, ['experts']],
    [
      '{ officerStatistics(filter: { groups: ["nbnp:demo-group-2"] }) { id } }',
      ['officerStatistics'],
    ],
    [
      '{ group(id: "nbnp:demo-group-2") { officerNominations { id } } }',
      ['group', 'officerNominations'],
    ],
  ])('is one FORBIDDEN without a partner: %s', async (query, path) => {
    const { errors, extensions } = await network.ask(query);
    // Statistics are open, unless they are of few people.
    const who = path[0] === 'officerStatistics' ? /^Not allowed\.$/ : / `\w+` is read by /;
    const message = expect.stringMatching(who) as unknown;
    expect(errors).toEqual([{ message, path, extensions: { code: 'FORBIDDEN' } }]);
    expect(extensions.completeness?.complete).toBe(true);
  });

  it('names the owner if there is one', async () => {
    const { errors } = await network.ask('{ officer(id: "dk:demo-officer-1") { id } }');
    expect(errors).toMatchObject([
      { path: ['officer'], extensions: { code: 'FORBIDDEN', partner: 'dk' } },
    ]);
  });
});
