import { HubError } from '@hub/shared/errors';
import type { AskHub } from '@hub/shared/policy';
import { testDatabases } from '@hub/shared/testing';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openTestNetwork } from '../testing/test-partner.js';

/** The lines of the facts that state another value than another line, as `subject property`. */
function contradictionsOf(file: string): Map<string, string[]> {
  const lines = readFileSync(new URL(`../seed/facts/${file}`, import.meta.url), 'utf8').split('\n');
  const values = new Map<string, string[]>();
  for (const line of lines.slice(1).filter(Boolean)) {
    const [subject = '', property = '', value = ''] = line.split(',');
    const key = `nbnp:${subject.replace(/^nbnp-/, '')} ${property}`;
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return new Map([...values].filter(([, all]) => new Set(all).size > 1));
}

const claim = (property: string, value: string, preferred: boolean) => ({
  property,
  value,
  preferred,
  source: `https://example.org/${value}`,
  note: null,
});
const offices = [
  { id: 'ncm:mmk', claims: [claim('closedOn', '2014', true), claim('closedOn', '2015', false)] },
  // One source, and two that agree: no contradiction.
  { id: 'ncm:led', claims: [claim('closedOn', '2015', true)] },
  { id: 'ncm:kgd', claims: [claim('closedOn', '2015', true), claim('closedOn', '2015', false)] },
];
const policeUnits = [
  { id: 'dk:nec', claims: [claim('acronym', 'NCI', true), claim('acronym', 'NIC', false)] },
  { id: 'fi:npb', claims: null },
];

interface Asked {
  readonly hasOffices: boolean;
  readonly hasUnits: boolean;
  readonly country: string | null;
}

/** The hub, which knows the others’ claims, and what it was asked. */
function createHub(asked: unknown[] = []): AskHub {
  return async (_query, variables) => {
    const { hasOffices, hasUnits } = variables as unknown as Asked;
    asked.push(variables);
    return { ...(hasOffices && { offices }), ...(hasUnits && { policeUnits }) };
  };
}

interface Found {
  readonly claims: readonly {
    readonly subject: string;
    readonly property: string;
    readonly claims: readonly { readonly value: string; readonly preferred: boolean }[];
  }[];
}
const query = `query ($filter: ClaimFilter) { claims(filter: $filter) { subject property
  claims { value source preferred note } event { id } party { __typename id } } }`;

describe.each(testDatabases)('Query.claims on $name', (kind) => {
  const open = (askHub: AskHub) => openTestNetwork(kind, 'facts', undefined, askHub);
  const namesOf = ({ claims }: Found) =>
    claims.map(({ subject, property }) => `${subject} ${property}`);

  it('lists the contradictions in the records of all organisations', async () => {
    await using network = await open(createHub());
    const found = await network.read<Found>(query, {});
    const members = contradictionsOf('claims.csv').get('nbnp:nbnp members') ?? [];
    expect(members).toHaveLength(3);
    const expected = new Map([
      ...contradictionsOf('claims.csv'),
      // Each country that a list omits has the lists too.
      ...['NO', 'SE'].map((country) => [`membership:${country} members`, members] as const),
      ['ncm:mmk closedOn', ['2014', '2015']],
      ['dk:nec acronym', ['NCI', 'NIC']],
    ]);
    expect(namesOf(found)).toEqual([...expected.keys()].sort());
    for (const { subject, property, claims } of found.claims) {
      const values = claims.map(({ value }) => value);
      expect(values, subject).toEqual(expected.get(`${subject} ${property}`));
    }
    expect(found.claims.find(({ subject }) => subject === 'nbnp:kf1-2014')).toMatchObject({
      event: { id: 'nbnp:kf1-2014' },
      party: null,
      claims: [{ preferred: true }, { preferred: false }],
    });
    expect(found.claims.find(({ subject }) => subject === 'ncm:mmk')).toMatchObject({
      event: null,
      party: { __typename: 'Office', id: 'ncm:mmk' },
      claims: [{ source: 'https://example.org/2014' }, { source: 'https://example.org/2015' }],
    });
  });

  it.each<[filter: object, names: string[], asked: Partial<Asked>[]]>([
    [{ owner: 'dk' }, ['dk:nec acronym'], [{ hasOffices: false, hasUnits: true, country: 'DK' }]],
    [{ owner: 'ncm' }, ['ncm:mmk closedOn'], [{ hasOffices: true, hasUnits: false }]],
    [{ subject: 'ncm:mmk' }, ['ncm:mmk closedOn'], [{ hasOffices: true, hasUnits: false }]],
    [{ subject: 'membership:SE' }, ['membership:SE members'], []],
    [{ subject: 'nbnp:kf2-2014', property: 'endsOn' }, ['nbnp:kf2-2014 endsOn'], []],
    [{ subject: 'ncm:mmk', owner: 'dk' }, [], []],
    [{ owner: 'xx' }, [], []],
    [{ property: 'nothing' }, [], [{ hasOffices: true, hasUnits: true, country: null }]],
  ])('filters by %j, and asks nobody else', async (filter, names, asked) => {
    const seen: unknown[] = [];
    await using network = await open(createHub(seen));
    expect(namesOf(await network.read<Found>(query, { filter }))).toEqual(names);
    expect(seen).toMatchObject(asked);
  });

  it.each<[what: string, askHub: AskHub]>([
    [
      'one owner',
      async (_query, _variables, options) => {
        options?.onMissing?.(new HubError('PARTNER_UNAVAILABLE', { partner: 'ncm' }), ['offices']);
        return { offices: null, policeUnits };
      },
    ],
    ['the hub', () => Promise.reject(new HubError('PARTNER_UNAVAILABLE', { partner: 'ncm' }))],
  ])('names what is unavailable, and lists the rest: %s', async (_what, askHub) => {
    await using network = await open(askHub);
    const { data, errors } = await network.ask(query, {});
    expect(errors).toMatchObject([
      { path: ['claims'], extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'ncm' } },
    ]);
    expect(JSON.stringify(data)).toContain('nbnp:kf1-2014');
    expect(JSON.stringify(data)).not.toContain('ncm:mmk');
  });
});
