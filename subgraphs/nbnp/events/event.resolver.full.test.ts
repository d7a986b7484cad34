// cspell:ignore exch nbmp tromso
import { bothDatabases, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { deriveEventColumns } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';

interface Page {
  readonly events: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly totalCount: number;
  };
}

const find = async (network: TestPartner, filter: object): Promise<string[]> => {
  const { events } = await network.read<Page>(
    'query ($filter: EventFilter) { events(filter: $filter, first: 1000) { nodes { id } totalCount } }',
    { filter },
  );
  expect(events.totalCount).toBe(events.nodes.length);
  return events.nodes.map(({ id }) => id.slice('nbnp:'.length));
};

describe.each(testDatabases)('Query.event on $name', (kind) => {
  it('shows the first seminar as the founding document does', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(`{ event(id: "nbnp:mp-1") {
      title kind startsOn endsOn durationDays seminarDays country countries workingLanguages series
      participants { value qualifier } roles { role party { __typename id } } partOf { id }
      parts { id seminarDays durationDays city } programme { id } } }`);
    expect(answer['event']).toEqual({
      title: 'The Mobility Programme Seminar (I part)',
      kind: 'SEMINAR',
      startsOn: '2009-09-13',
      endsOn: '2009-09-18',
      durationDays: 6,
      seminarDays: null,
      country: null,
      countries: null,
      workingLanguages: ['en'],
      series: 'mobility-programme-2009-2010',
      participants: { value: 18, qualifier: 'ANNOUNCED' },
      roles: [
        { role: 'ORGANISER', party: { __typename: 'PoliceUnit', id: 'dk:nec' } },
        { role: 'ORGANISER', party: { __typename: 'PoliceUnit', id: 'lt:lkpb' } },
      ],
      partOf: null,
      parts: [
        { id: 'nbnp:mp-1a', seminarDays: 2, durationDays: null, city: 'Copenhagen' },
        { id: 'nbnp:mp-1b', seminarDays: 2, durationDays: null, city: null },
      ],
      programme: { id: 'nbnp:mobility-programme-2009-2010' },
    });
  });

  it('gives the final conference three partners; two of them are also organisers', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(`{ event(id: "nbnp:mp-final") {
      partners: roles(role: PARTNER) { party { id } } organisers: roles(role: ORGANISER) { party { id } }
      durationDays country countries } }`);
    const parties = (...ids: string[]) => ids.map((id) => ({ party: { id } }));
    expect(answer['event']).toEqual({
      partners: parties('nbnp:iacis', 'nbnp:ru-spb-gov', 'nbnp:dk-cg-spb'),
      organisers: parties('nbnp:nbnp', 'nbnp:iacis', 'nbnp:ru-spb-gov', 'ncm:led'),
      durationDays: 2,
      country: 'RU',
      countries: ['RU'],
    });
  });

  it('keeps each source’s date when sources disagree, and has the preferred one as the field’s value', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(
      '{ event(id: "nbnp:kf1-2014") { startsOn claims { property value preferred } participants { value qualifier } } }',
    );
    expect(answer['event']).toEqual({
      startsOn: '2014-04-24',
      participants: { value: 100, qualifier: 'ABOUT' },
      claims: [
        { property: 'startsOn', value: '2014-04-24', preferred: true },
        { property: 'startsOn', value: '2014-04-23', preferred: false },
      ],
    });
  });

  it('does not count applications or a whole project as participants', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(`{
      a: event(id: "nbnp:nbmp-2014") { participants { value } claims { property value } }
      b: event(id: "nbnp:gbv-tll-2022") { participants { value } claims { property value } }
      c: event(id: "nbnp:stop-rix-2005") { participants { value qualifier } }
      d: event(id: "nbnp:muni-2010") { participants { value qualifier } claims { value preferred } } }`);
    expect(answer).toEqual({
      a: { participants: null, claims: [{ property: 'applications', value: '89' }] },
      b: { participants: null, claims: [{ property: 'projectParticipants', value: '271' }] },
      c: { participants: { value: 120, qualifier: 'ANNOUNCED' } },
      d: {
        participants: { value: 150, qualifier: 'ABOUT' },
        claims: [{ value: '170', preferred: false }],
      },
    });
  });

  it('keeps the precision of a date, several countries, and unknown values', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(`{
      month: event(id: "nbnp:poi-2007") { startsOn endsOn durationDays }
      years: event(id: "nbnp:ncm-thb-2015") { startsOn endsOn durationDays }
      end: event(id: "nbnp:proj-nbnwr-1") { startsOn endsOn durationDays }
      day: event(id: "nbnp:sv-tll-2014") { startsOn endsOn durationDays }
      two: event(id: "nbnp:exch-mfa-2008a") { country countries }
      none: event(id: "nbnp:mp-2") { country countries workingLanguages }
      police: event(id: "dk:nec") { id } }`);
    expect(answer).toEqual({
      month: { startsOn: '2007-07', endsOn: null, durationDays: null },
      years: { startsOn: '2015', endsOn: '2018', durationDays: null },
      end: { startsOn: null, endsOn: '2013-05-31', durationDays: null },
      day: { startsOn: '2014-04-25', endsOn: null, durationDays: 1 },
      two: { country: null, countries: ['FI', 'NO'] },
      none: { country: null, countries: null, workingLanguages: [] },
      police: null,
    });
  });
});

describe.each(testDatabases)('an event of a rehearsal, on $name', (kind) => {
  it('is in no list, and so is no statement about it or its programme, unless asked for', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    type Owned = { readonly id: string; readonly programme: { readonly id: string } | null };
    type About = { readonly id: string; readonly subject: object | null };
    const read = (rehearsals: string) =>
      network.read<{
        event: { parts: Owned[] };
        organisation: { events: Owned[] };
        statements: { nodes: About[]; totalCount: number };
      }>(`{
        event(id: "nbnp:mp-1") { parts${rehearsals && `(${rehearsals})`} { id programme { id } } }
        organisation(id: "nbnp:nbnp") { events${rehearsals && `(${rehearsals})`} { id programme { id } } }
        statements(first: 1000, filter: { ${rehearsals} }) { totalCount nodes { id subject {
          ... on Event { programme { id } } ... on Programme { own: id } } } } }`);
    const before = await read('');
    const real = ({ programme }: Owned) => programme === null;
    const isReal = ({ subject }: About) =>
      Object.values(subject ?? {}).every((programme) => programme === null);
    const statements = before.statements.nodes.filter(isReal);
    expect(before.event.parts).toHaveLength(2);
    expect(before.organisation.events.filter(real).length).toBeGreaterThan(1);
    expect(before.organisation.events.every(real)).toBe(false);
    expect(before.statements.nodes.length - statements.length).toBeGreaterThan(3);

    await network.source.manager.updateAll(Programme, { isRehearsal: true });
    expect(await read('rehearsals: true')).toEqual(before);
    expect(await read('')).toEqual({
      event: { parts: [] },
      organisation: { events: before.organisation.events.filter(real) },
      statements: { nodes: statements, totalCount: statements.length },
    });
  });
});

describe.each(bothDatabases)('Query.events on $name', (kind) => {
  it('finds events by who took part: in any role, or represented', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    interface Took {
      readonly id: string;
      readonly roles: readonly { readonly party: { readonly id: string } }[];
      readonly represented: readonly {
        readonly country: string | null;
        readonly party: { readonly id: string } | null;
      }[];
    }
    const { events } = await network.read<{ events: { nodes: Took[] } }>(
      '{ events(first: 1000) { nodes { id roles { party { id } } represented { country party { id } } } } }',
    );
    const partiesOf = ({ roles, represented }: Took) =>
      [...roles, ...represented].flatMap(({ party }) => party?.id ?? []);
    const idsOf = (nodes: readonly Took[]) => nodes.map(({ id }) => id.replace('nbnp:', ''));
    for (const party of new Set(events.nodes.flatMap(partiesOf)))
      expect(await find(network, { party }), party).toEqual(
        idsOf(events.nodes.filter((event) => partiesOf(event).includes(party))),
      );
    expect(await find(network, { party: 'nbnp:cis' })).toEqual(['mp-final']);
    expect(await find(network, { party: 'nbnp:nobody' })).toEqual([]);
    expect(await find(network, { represented: 'IS' })).toEqual(['mp-final', 'rt-social-undated']);
    expect(await find(network, { represented: 'PL' })).toEqual([]);
  });

  it('finds cities and series in any case, with marks or without', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    for (const city of ['Malmö', 'Malmo', 'MALMO\u0308'])
      expect(await find(network, { city }), city).toEqual(['uc-malmo']);
    expect(await find(network, { city: 'Malm' })).toEqual([]);
    expect(await find(network, { city: '' })).toEqual([]);
    const { manager } = network.source;
    const event = await manager.findOneByOrFail(Event, { id: 'nbnp:mp-final' });
    event.series = 'bodø-meetings';
    await manager.save(Event, Object.assign(event, deriveEventColumns(event)));
    expect(await find(network, { series: 'Bodo-meetings' })).toEqual(['mp-final']);
  });

  it('filters by each of its arguments', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    expect(await find(network, {})).toHaveLength(77);
    expect(await find(network, { programme: 'nbnp:mobility-programme-2009-2010' })).toEqual([
      'mp-1',
      'mp-2',
      'mp-final',
      'mp-1a',
      'mp-1b',
      'mp-2a',
      'mp-2b',
    ]);
    expect(await find(network, { kind: 'FORUM' })).toEqual(['kf1-2014', 'kf2-2014', 'kf3-2015']);
    expect(await find(network, { country: 'NO' })).toEqual([
      'conf-2003',
      'beac-pm-2003',
      'beac-tf2-2004',
      'exch-mfa-2008a',
      'no-2016',
      'muni-2010',
    ]);
    expect(await find(network, { organiser: 'dk:nec' })).toEqual(['mp-1', 'mp-1a']);
    expect(await find(network, { organiser: 'nbnp:dk-cg-spb' })).toEqual([]);
    expect(await find(network, { organiser: 'nbnp:dk-cg-spb', role: 'PARTNER' })).toEqual([
      'mp-final',
    ]);
    expect(await find(network, { role: 'SIGNATORY' })).toEqual(['poi-2007']);
    expect(await find(network, { city: 'Kuressaare' })).toEqual(['min-kuressaare-2008']);
    expect(await find(network, { series: 'nbnp-conference', city: 'Oslo' })).toEqual(['conf-2003']);
    expect(await find(network, { search: 'illegal migration' })).toEqual(['mp-final']);
    expect(await find(network, { search: 'KNOWLEDGE forum' })).toHaveLength(3);
    expect(await find(network, { search: '%' })).toEqual([]);
    expect(await find(network, { search: '_' })).toEqual([]);
    expect(await find(network, { search: 'tromso' })).toEqual(['beac-tf2-2004']);
    expect(await find(network, { search: 'Tavrichesky' })).toEqual(['mp-final']);
    expect(await find(network, { search: 'PROGRAMME-2009' })).toContain('mp-1');
    expect(await find(network, { search: 'not proven' })).toContain('rt-social-undated');
    expect(await find(network, { search: 'forum', country: 'EE' })).toEqual(['kf1-2014']);
    expect(await find(network, { country: 'ZZ' })).toEqual([]);
  });

  it('lets a partial date cover its whole range at both ends; an unknown date excludes nothing', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const from2001 = await find(network, { from: '2001-04-30', to: '2001-04-30' });
    expect(from2001[0]).toBe('2001');
    const undated = (await find(network, {})).slice(-10);
    expect(undated).toContain('mp-1a');
    // Events without a start that ended before are excluded.
    expect(from2001).toEqual(expect.arrayContaining(['mp-1a', 'proj-nbnwr-1', 'camp-tll-2002']));
    expect(await find(network, { from: '2013-06' })).not.toContain('proj-nbnwr-1');
    expect(await find(network, { from: '2013-05' })).toContain('proj-nbnwr-1');
    expect(await find(network, { from: '2007-07-31', to: '2007' })).toContain('poi-2007');
    expect(await find(network, { from: '2007-08' })).not.toContain('poi-2007');
    expect(await find(network, { to: '2007-06' })).not.toContain('poi-2007');
    expect(await find(network, { from: '2018-12-31' })).toContain('ncm-thb-2015');
    // An event of one day ends on that day.
    expect(await find(network, { from: '2014-04-26', to: '2014-04-30' })).not.toContain(
      'sv-tll-2014',
    );
  });

  it('returns each row once, with every page size', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const all = await find(network, {});
    for (const first of [1, 2, 3, 7, 38, 76, 77, 78, 1000]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Page = await network.read<Page>(
          'query ($first: Int, $after: String) { events(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }',
          { first, after },
        );
        seen.push(...page.events.nodes.map(({ id }) => id.slice('nbnp:'.length)));
        expect(page.events.totalCount).toBe(77);
        after = page.events.pageInfo.hasNextPage ? page.events.pageInfo.endCursor : null;
      } while (after);
      expect(seen, `pages of ${first}`).toEqual(all);
    }
  });

  it('refuses an invalid page, and a range that ends before it starts', async () => {
    await using network = await openTestNetwork(kind, 'nothing');
    const refused = [
      ['first: 0', 'first'],
      ['first: 1001', 'first'],
      ['after: "no cursor"', 'after'],
      ['filter: { from: "2015", to: "2014-12-31" }', 'filter.to'],
    ];
    for (const [argument, name] of refused) {
      const { errors } = await network.ask(`{ events(${argument}) { totalCount } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: name } }]);
    }
  });
});
