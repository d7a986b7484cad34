import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { runIn, type Input, type Programme } from '../../network/run-programme.js';

const documented = 'nbnp:mobility-programme-2009-2010';
const directions = {
  north: 'NORTH_WEST_RUSSIA_TO_NORDIC',
  south: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
} as const;
/** The smallest group of the founding document. */
const ten = Array.from({ length: 10 }, (_, index) => `Member ${index + 1}`);

/** What the founding document’s programme refuses, on the day of its first programme and with its own offices. */
describe('the documented programme', () => {
  let network: OpenNetwork;
  let programme: Programme;
  const ids = new Map<string, string>();
  const of = (name: string): string => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`There is no ${name}.`);
    return id;
  };

  const done = async (who: string, mutation: string, input: Input, name?: string) => {
    const { id } = await programme.done(who, mutation, input);
    if (name !== undefined) ids.set(name, id);
    return id as string;
  };
  /** Why a mutation is refused: its rule with the situation, else its code; and the argument. */
  const refusal = async (who: string, mutation: string, input: Input): Promise<unknown[]> => {
    const { payload, answer } = await programme.call(who, mutation, input);
    expect(payload, `${mutation} ${JSON.stringify(input)}`).toBeNull();
    const said = new Map(Object.entries(answer.errors?.[0]?.extensions ?? {}));
    const parts = [said.get('rule') ?? said.get('code'), said.get('situation')];
    return [...parts, said.get('argument')].filter((part) => part !== undefined);
  };

  const createGroup = (name: string, group: Input) =>
    done('nbnp', 'createGroup', { programme: documented, plannedSize: 10, name, ...group }, name);
  const nominee = async (who: 'ncm' | 'dk' | 'lv', name: string, isRussian = who === 'ncm') => {
    const person = { name, targetGroup: 'POLICE', languages: ['en'], isAnother: true };
    const home = isRussian ? { office: 'ncm:led', region: 'RU-KR' } : { unit: `${who}:police` };
    return done(who, isRussian ? 'registerDelegate' : 'registerOfficer', { ...person, ...home });
  };
  const addDelegate = async (name: string) => {
    const delegate = await nominee('ncm', name);
    const nomination = { group: of('north'), delegate, on: '2009-02-01' };
    const id = await done('ncm', 'nominateDelegate', nomination, name);
    return { nomination: id, on: '2009-03-01', version: 1 };
  };
  const addOfficer = async (name: string) => {
    const officer = await nominee('dk', name);
    const nomination = { group: of('south'), officer, on: '2009-02-01' };
    const id = await done('dk', 'nominateOfficer', nomination);
    return { ...nomination, nomination: id, on: '2009-03-01', version: 1 };
  };
  const visit = (group: string, ...hostCountries: string[]) => ({
    group,
    hostCountries,
    title: 'A week',
    startsOn: '2009-05-03',
    endsOn: '2009-05-09',
  });
  const departure = async (name: string) => {
    const id = of(name);
    return { id, on: '2009-05-03', version: await programme.versionOf('visit', id) };
  };
  const meeting = { office: 'ncm:led', kind: 'BRIEFING', on: '2009-04-01' };

  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
    programme = runIn(network);
    for (const [name, direction] of Object.entries(directions))
      await createGroup(name, { direction, coordinatingOffice: 'ncm:led' });
    await done('nbnp', 'scheduleVisit', visit(of('north'), 'FI'), 'week in Finland');
    await done('nbnp', 'scheduleVisit', visit(of('south'), 'RU'), 'week in Russia');
    for (const [name, hostCountry] of [
      ['week in Finland', 'FI'],
      ['week in Russia', 'RU'],
    ] as const) {
      const stop = { visit: of(name), hostCountry, day: '2009-05-04', sector: 'POLICE' };
      await done('nbnp', 'addItineraryStop', { ...stop, title: 'A stop' }, `stop of ${name}`);
    }
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it.each([
    ['ncm:rix', ['HOST_COUNTRY', 'OFFICE_ELSEWHERE', 'input.coordinatingOffice']],
    ['ncm:parnu', ['HOST_COUNTRY', 'OFFICE_ELSEWHERE', 'input.coordinatingOffice']],
    ['ncm:narva', ['HOST_COUNTRY', 'OFFICE_ELSEWHERE', 'input.coordinatingOffice']],
    ['lv:police', ['NOT_FOUND', 'input.coordinatingOffice']],
    ['nbnp:nbnp', ['NOT_FOUND', 'input.coordinatingOffice']],
  ])('has no group that %s co-ordinates', async (coordinatingOffice, expected) => {
    for (const direction of Object.values(directions)) {
      const planned = { programme: documented, plannedSize: 10, name: 'Another', direction };
      const group = { ...planned, coordinatingOffice };
      expect(await refusal('nbnp', 'createGroup', group)).toEqual(expected);
    }
    const change = { group: of('south'), coordinatingOffice, version: 1 };
    expect(await refusal('nbnp', 'changeGroup', change)).toEqual(expected);
  });

  it.each([
    ['north', ['RU'], 'NO_MEMBER_COUNTRY'],
    ['north', ['PL'], 'NOT_IN_NETWORK'],
    ['north', ['FI', 'UA'], 'NOT_IN_NETWORK'],
    ['south', ['LV'], 'NOT_RUSSIA'],
    ['south', ['DK', 'SE'], 'NOT_RUSSIA'],
    ['south', ['PL'], 'NOT_IN_NETWORK'],
  ] as const)('has no group to the %s that is hosted by %j', async (group, hosts, situation) => {
    const expected = ['HOST_COUNTRY', situation, 'input.hostCountries'];
    expect(await refusal('nbnp', 'scheduleVisit', visit(of(group), ...hosts))).toEqual(expected);
    const planned = of(group === 'north' ? 'week in Finland' : 'week in Russia');
    const version = await programme.versionOf('visit', planned);
    const change = { visit: planned, hostCountries: hosts, version };
    expect(await refusal('nbnp', 'changeVisit', change)).toEqual(expected);
  });

  it('takes officers to North-West Russia alone, and delegates from there alone', async () => {
    for (const police of ['dk', 'lv'] as const) {
      const nomination = {
        group: of('north'),
        officer: await nominee(police, 'A'),
        on: '2009-02-01',
      };
      const expected = ['DIRECTION', 'input.group'];
      expect(await refusal(police, 'nominateOfficer', nomination)).toEqual(expected);
    }
    const delegate = await nominee('ncm', 'A');
    const nomination = { group: of('south'), delegate, on: '2009-02-01' };
    const expected = ['DIRECTION', 'input.group'];
    expect(await refusal('ncm', 'nominateDelegate', nomination)).toEqual(expected);
  });

  it('knows no region outside Russia from which a delegate could come', async () => {
    const person = { office: 'ncm:rix', name: 'A', targetGroup: 'POLICE', languages: ['lv'] };
    for (const region of ['LV-RIX', 'PL-PM', 'RU-MOW'])
      expect(await refusal('ncm', 'registerDelegate', { ...person, region })).toEqual([
        'NOT_FOUND',
        'input.region',
      ]);
  });

  it('lies in the years 2009 and 2010', async () => {
    const delegate = await nominee('ncm', 'B');
    const late = { group: of('north'), delegate, on: '2031-02-01' };
    expect(await refusal('ncm', 'nominateDelegate', late)).toEqual([
      'OUTSIDE_PROGRAMME',
      'input.on',
    ]);
    const week = { ...visit(of('north'), 'FI'), startsOn: '2031-05-04', endsOn: '2031-05-09' };
    expect(await refusal('nbnp', 'scheduleVisit', week)).toEqual([
      'OUTSIDE_PROGRAMME',
      'input.startsOn',
    ]);
  });

  it('selects nobody without a local authority, and departs with fewer than ten nowhere', async () => {
    const decision = await addDelegate('Alone');
    const alone = ['AUTHORITY', 'input.localAuthority'];
    expect(await refusal('ncm', 'selectDelegate', decision)).toEqual(alone);
    for (const name of ['week in Finland', 'week in Russia'])
      expect(await refusal('nbnp', 'recordDeparture', await departure(name))).toEqual([
        'NOT_SELECTED',
        'input.id',
      ]);
    const few = { ...meeting, group: of('north') };
    expect(await refusal('ncm', 'recordDelegatesMeeting', few)).toEqual([
      'NOT_SELECTED',
      'input.group',
    ]);
  });

  it('is met by NBNP on the way to Russia, and on the way from there by an open office in Russia', async () => {
    for (const name of ten) {
      const decision = { ...(await addDelegate(name)), authority: 'nbnp:ru-mvd-karelia' };
      await done('ncm', 'selectDelegate', decision);
    }
    for (const kind of ['BRIEFING', 'DEBRIEFING']) {
      const ofNorth = { group: of('north'), kind, on: '2009-04-01', version: 1 };
      expect(await refusal('nbnp', 'recordGroupMeeting', ofNorth)).toEqual([
        'DIRECTION',
        'input.group',
      ]);
      const ofSouth = { ...meeting, group: of('south'), kind };
      expect(await refusal('ncm', 'recordDelegatesMeeting', ofSouth)).toEqual([
        'DIRECTION',
        'input.group',
      ]);
    }
    for (const office of ['ncm:tll', 'ncm:rix']) {
      const abroad = { ...meeting, group: of('north'), office };
      expect(await refusal('ncm', 'recordDelegatesMeeting', abroad)).toEqual([
        'HOST_COUNTRY',
        'OFFICE_ELSEWHERE',
        'input.office',
      ]);
    }
  });

  it('is hosted and confirmed in Russia by an office there, and elsewhere by the police', async () => {
    const [finnish, russian] = [of('stop of week in Finland'), of('stop of week in Russia')];
    const confirmation = { on: '2009-03-05', stopVersion: 1 };
    const ofOffice = { ...confirmation, office: 'ncm:led' };
    const ofPolice = { ...confirmation, unit: 'fi:npb' };
    for (const [who, mutation, input, expected] of [
      [
        'ncm',
        'confirmRegionalStop',
        { ...ofOffice, stop: finnish },
        ['STOP_ELSEWHERE', 'input.stop'],
      ],
      [
        'ncm',
        'confirmRegionalStop',
        { ...ofOffice, office: 'ncm:tll', stop: russian },
        ['OFFICE_ELSEWHERE', 'input.office'],
      ],
      [
        'ncm',
        'offerRegionalHosting',
        { office: 'ncm:rix', visit: of('week in Russia') },
        ['OFFICE_ELSEWHERE', 'input.office'],
      ],
      [
        'ncm',
        'offerRegionalHosting',
        { office: 'ncm:led', visit: of('week in Finland') },
        ['VISIT_ELSEWHERE', 'input.visit'],
      ],
    ] as const)
      expect(await refusal(who, mutation, input), `${who} ${mutation}`).toEqual([
        'HOST_COUNTRY',
        ...expected,
      ]);
    // Finland has no part in the week in Russia, so that nothing is said of it.
    const elsewhere = { ...ofPolice, stop: russian };
    expect(await refusal('fi', 'confirmStop', elsewhere)).toEqual(['FORBIDDEN']);
    await done('ncm', 'confirmRegionalStop', { ...ofOffice, stop: russian });
    await done('fi', 'confirmStop', { ...ofPolice, stop: finnish });
  });

  it('departs for Russia without a briefing, and for the Nordic countries with one alone', async () => {
    for (const name of ten) await done('nbnp', 'acceptOfficer', await addOfficer(name));
    await done('nbnp', 'recordDeparture', await departure('week in Russia'));
    const departs = await departure('week in Finland');
    expect(await refusal('nbnp', 'recordDeparture', departs)).toEqual(['NOT_BRIEFED', 'input.id']);
    await done('ncm', 'recordDelegatesMeeting', { ...meeting, group: of('north') });
    await done('nbnp', 'recordDeparture', departs);
  });

  it('has the sides that its source states, and takes no others', async () => {
    const side = '{ id name countries selectors { id } hosts { id } coordinators { id } source }';
    const query = `{ programme(id: "${documented}") { version sides ${side} }
      group(id: "${of('north')}") { isBriefingDue from { name } to { name } } }`;
    const { data } = await network.ask(query);
    const { version, sides } = data.programme;
    const members = ['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'SE'];
    const source = 'https://nbnp.ee/activities/2012';
    const stated = { selectors: null, hosts: null, coordinators: null, source };
    expect(sides).toEqual(
      [
        ['north-west-russia', 'North-West Russia', ['RU']],
        ['nordic-countries', 'Nordic countries', ['DK', 'FI', 'IS', 'NO', 'SE']],
        ['nordic-baltic-countries', 'Nordic and Baltic countries', members],
      ].map(([place, name, countries]) => ({
        ...stated,
        ...(place === 'north-west-russia' && { selectors: [{ id: 'ncm:led' }, { id: 'ncm:kgd' }] }),
        id: `${documented}/side/${place}`,
        name,
        countries,
      })),
    );
    expect(data.group).toEqual({
      isBriefingDue: true,
      from: { name: 'North-West Russia' },
      to: { name: 'Nordic countries' },
    });
    const change = { programme: documented, version, sides: [{ name: 'A', countries: ['LV'] }] };
    expect(await refusal('nbnp', 'changeProgramme', change)).toEqual(['DOCUMENTED', 'input.sides']);
    // No documented direction leads this way.
    const [to, from] = sides.map(({ id }: { id: string }) => id);
    const group = { programme: documented, plannedSize: 10, name: 'Another', from, to };
    expect(await refusal('nbnp', 'createGroup', group)).toEqual(['NOT_FOUND', 'input.from']);
  });

  it('cannot be repeated in 2031: all offices in Russia are closed', async () => {
    const years = { startsOn: '2031', endsOn: '2032', groupSizeMin: 10, groupSizeMax: 15 };
    const lists = { targetGroups: ['POLICE'], sectorsToShow: ['POLICE'], workingLanguages: ['en'] };
    const again = await done('nbnp', 'createProgramme', { title: 'Again', ...years, ...lists });
    const russian = 'offices(filter: { country: "RU" }) { id }';
    const { offices } = (await network.ask(`{ ${russian} }`)).data;
    expect(offices).toEqual(
      ['arh', 'kgd', 'led', 'mmk', 'pes'].map((local) => ({ id: `ncm:${local}` })),
    );
    for (const { id: coordinatingOffice } of offices) {
      for (const direction of Object.values(directions)) {
        const group = { programme: again, plannedSize: 10, name: 'Again', direction };
        expect(await refusal('nbnp', 'createGroup', { ...group, coordinatingOffice })).toEqual([
          'CLOSED',
          'input.coordinatingOffice',
        ]);
      }
    }
  });
});
