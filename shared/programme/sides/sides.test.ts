import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admits,
  answererOf,
  findHostFault,
  isBriefingDue,
  officesIn,
  officesMeet,
  sendsDelegates,
  sendsOfficers,
  sendsOfficersOf,
  type Direction,
  type GroupSides,
  type SideFacts,
} from './sides.js';

const north: Direction = 'NORTH_WEST_RUSSIA_TO_NORDIC';
const south: Direction = 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA';

const nobody: SideFacts = {
  countries: [],
  regions: [],
  selectors: [],
  hosts: [],
  coordinators: [],
};
const between = (from: Partial<SideFacts>, to: Partial<SideFacts>): GroupSides => ({
  direction: null,
  from: { ...nobody, ...from },
  to: { ...nobody, ...to },
});

describe('a group of the founding document', () => {
  /** What the document and the contract say of each direction. */
  it.each([
    {
      direction: north,
      senders: { delegates: true, officers: false },
      meets: 'the offices',
      briefing: true,
      travels: { RU: true, LV: false, FI: false },
    },
    {
      direction: south,
      senders: { delegates: false, officers: true },
      meets: 'the network',
      briefing: false,
      travels: { RU: false, LV: true, FI: true },
    },
  ])('keeps the rules of its direction: $direction', (rules) => {
    const group = { direction: rules.direction };
    expect({ delegates: sendsDelegates(group), officers: sendsOfficers(group) }).toEqual(
      rules.senders,
    );
    expect(officesMeet(group) ? 'the offices' : 'the network').toBe(rules.meets);
    expect(isBriefingDue(group)).toBe(rules.briefing);
    for (const [country, travels] of Object.entries(rules.travels)) {
      expect(admits(group, { country }), country).toBe(travels);
      // A force that joined later nominates too.
      expect(sendsOfficersOf(group, country), country).toBe(rules.senders.officers && travels);
    }
  });

  it.each([
    [north, ['FI'], undefined],
    [north, ['RU', 'LV'], undefined],
    [north, ['RU'], 'NO_MEMBER_COUNTRY'],
    [north, ['FI', 'PL'], 'NOT_IN_NETWORK'],
    [south, ['RU'], undefined],
    [south, ['FI', 'RU'], undefined],
    [south, ['FI'], 'NOT_RUSSIA'],
    [south, ['RU', 'PL'], 'NOT_IN_NETWORK'],
  ] as const)('is hosted as before: %s by %j', (direction, hosts, fault) => {
    expect(findHostFault({ direction }, hosts, new Set(['FI', 'LV']))).toBe(fault);
  });

  it.each([north, south])(
    'is answered by police forces, and by the offices in Russia: %s',
    (direction) => {
      const answerers = ['FI', 'LV', 'PL', 'RU'].map((country) =>
        answererOf({ direction }, country, new Set()),
      );
      expect(answerers).toEqual(['fi', 'lv', 'pl', 'ncm']);
      expect(officesIn({ direction }, 'RU')).toBe('ANY_IN_RUSSIA');
    },
  );
});

const latviaAndLithuania = {
  countries: ['LV', 'LT'],
  selectors: ['ncm:rix', 'ncm:vno', 'lv:police', 'lt:lkpb', 'nbnp:lv-prosecutor'],
  coordinators: ['ncm:rix', 'ncm:vno'],
};
const denmarkAndSweden = { countries: ['DK', 'SE'], hosts: ['dk:nec', 'se:npb'] };
const iceland = { countries: ['IS'], selectors: ['is:rls'] };
const estonia = { countries: ['EE'], hosts: ['ee:ppa'] };
const murmansk = { countries: ['RU'], regions: ['RU-MUR'], selectors: ['nbnp:ru-duma'] };
const poland = { countries: ['PL'] };
const ukraine = { countries: ['UA'], selectors: ['ncm:vno'] };

describe('a group that goes between two sides', () => {
  it('is sent by the police forces of its countries, and by the offices that select or co-ordinate', () => {
    const cases = [latviaAndLithuania, iceland, murmansk, poland, ukraine].map((from) => {
      const group = between(from, denmarkAndSweden);
      const forces = ['LV', 'IS', 'RU', 'DK'].filter((one) => sendsOfficersOf(group, one));
      return [sendsDelegates(group), sendsOfficers(group), ...forces];
    });
    expect(cases).toEqual([
      [true, true, 'LV'],
      [false, true, 'IS'],
      [false, false],
      [false, true],
      [true, true],
    ]);
  });

  it('is briefed by the offices that co-ordinate its first side, else by the network', () => {
    expect(officesMeet(between(latviaAndLithuania, estonia))).toBe(true);
    expect(officesMeet(between(estonia, latviaAndLithuania))).toBe(false);
    expect(officesMeet(between(ukraine, estonia))).toBe(false);
    expect(isBriefingDue(between(iceland, estonia))).toBe(true);
  });

  it('admits people of its countries, and only of the regions that it names', () => {
    const group = between({ ...murmansk, countries: ['RU', 'FI'] }, estonia);
    const travels = [
      { country: 'RU', region: 'RU-MUR' },
      { country: 'RU', region: 'RU-SPE' },
      { country: 'RU' },
      { country: 'FI' },
      { country: 'FI', region: 'FI-18' },
      { country: 'EE' },
    ].map((person) => admits(group, person));
    expect(travels).toEqual([true, false, false, true, true, false]);
  });

  it.each([
    ['the police force where it hosts', 'EE', estonia, 'ee'],
    ['the police force where the side names nobody', 'EE', { countries: ['EE'] }, 'ee'],
    ['the police force of a transit country', 'NO', estonia, 'no'],
    [
      'the police force although an office co-ordinates',
      'EE',
      { ...estonia, coordinators: ['ncm:tll'] },
      'ee',
    ],
    ['the offices where one hosts instead', 'EE', { countries: ['EE'], hosts: ['ncm:tll'] }, 'ncm'],
    [
      'the police force that hosts beside an office',
      'EE',
      { countries: ['EE'], hosts: ['ncm:tll', 'ee:ppa'] },
      'ee',
    ],
    [
      'the offices where no police force is in the network',
      'PL',
      { ...poland, coordinators: ['ncm:vno'] },
      'ncm',
    ],
    ['the network where nobody does', 'PL', poland, 'nbnp'],
    [
      'the network where only an organisation hosts',
      'RU',
      { countries: ['RU'], hosts: ['nbnp:ru-duma'] },
      'nbnp',
    ],
    [
      'the network where no source says',
      'PL',
      { ...poland, hosts: null, coordinators: null },
      'nbnp',
    ],
  ])('is answered by %s', (_who, country, to, expected) => {
    expect(answererOf(between(iceland, to), country, new Set(['EE', 'NO']))).toBe(expected);
  });

  it.each([
    [['DK'], undefined],
    [['SE', 'DK'], undefined],
    [['DK', 'FI'], undefined],
    [['DK', 'LV'], undefined],
    [['FI'], 'OTHER_SIDE'],
    [['LV'], 'OTHER_SIDE'],
    [[], 'OTHER_SIDE'],
    [['DK', 'RU'], 'NOT_IN_NETWORK'],
    [['DK', 'PL'], 'NOT_IN_NETWORK'],
  ] as const)('is hosted on its second side, by members on the way: %j', (hosts, fault) => {
    const group = between(latviaAndLithuania, denmarkAndSweden);
    expect(findHostFault(group, hosts, new Set(['DK', 'FI']))).toBe(fault);
  });

  it('may be hosted by the offices of the side with that country', () => {
    const to = {
      countries: ['EE'],
      hosts: ['ncm:narva', 'ee:ppa'],
      coordinators: ['ncm:tll', 'ncm:narva'],
    };
    const group = between(latviaAndLithuania, to);
    expect(officesIn(group, 'EE')).toEqual(['ncm:narva', 'ncm:tll']);
    expect(officesIn(group, 'LV')).toEqual(['ncm:rix', 'ncm:vno']);
    expect(officesIn(group, 'NO')).toEqual([]);
  });
});

describe('any two sides', () => {
  const countries = ['DK', 'EE', 'LV', 'PL', 'RU', 'UA'];
  const parties = ['ncm:rix', 'ncm:tll', 'dk:nec', 'ee:ppa', 'lv:police', 'nbnp:lv-prosecutor'];
  const list = fc.option(fc.uniqueArray(fc.constantFrom(...parties)));
  const side: fc.Arbitrary<SideFacts> = fc.record({
    countries: fc.uniqueArray(fc.constantFrom(...countries), { minLength: 1 }),
    regions: fc.uniqueArray(fc.constantFrom('RU-MUR', 'RU-SPE')),
    selectors: list,
    hosts: list,
    coordinators: list,
  });
  const groups = fc.tuple(side, side).map(([from, to]) => between(from, to));
  const members = fc.uniqueArray(fc.constantFrom(...countries)).map((some) => new Set(some));
  const country = fc.constantFrom(...countries, 'NO');
  const isSaid = (group: GroupSides, party: string) => JSON.stringify(group).includes(party);

  it('have an answerer in every country who can answer there', () => {
    fc.assert(
      fc.property(groups, country, members, (group, host, known) => {
        const answerer = answererOf(group, host, known);
        expect(['ncm', 'nbnp', host.toLowerCase()]).toContain(answerer);
        if (answerer === host.toLowerCase()) expect(known.has(host) && host !== 'RU').toBe(true);
        if (answerer === 'ncm') expect(officesIn(group, host)).not.toEqual([]);
        if (answerer === 'nbnp') expect(officesIn(group, host)).toEqual([]);
      }),
    );
  });

  it('are served only by offices that they name', () => {
    fc.assert(
      fc.property(groups, country, (group, host) => {
        for (const office of officesIn(group, host)) expect(isSaid(group, office)).toBe(true);
        if (sendsDelegates(group) || officesMeet(group)) expect(isSaid(group, 'ncm:')).toBe(true);
        // Whoever meets delegates could also have selected them.
        if (officesMeet(group)) expect(sendsDelegates(group)).toBe(true);
      }),
    );
  });

  it('admit nobody from a country that the first side does not have', () => {
    fc.assert(
      fc.property(
        groups,
        country,
        fc.option(fc.constantFrom('RU-MUR', 'RU-NGR')),
        (group, home, region) => {
          const isThere = group.direction === null && group.from.countries.includes(home);
          if (admits(group, { country: home, region })) expect(isThere).toBe(true);
          expect(sendsOfficersOf(group, home)).toBe(isThere && home !== 'RU');
        },
      ),
    );
  });
});
