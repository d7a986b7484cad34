import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { runIn, type Input, type Programme } from '../../network/run-programme.js';

const poland = { name: 'Poland', countries: ['PL'] };
const ukraine = {
  name: 'Ukraine',
  countries: ['UA'],
  selectors: ['ncm:vno'],
  coordinators: ['ncm:vno'],
};
const years = { startsOn: '2031', endsOn: '2032', groupSizeMin: 2, groupSizeMax: 3 };
const lists = { targetGroups: ['COURT'], sectorsToShow: ['COURT'], workingLanguages: ['en'] };
const secretariat: Asker = { organisation: 'nbnp', role: 'coordinator' };

/** Two countries that no partner answers for: nothing is invented for them, and nothing is hidden. */
describe('a programme between Poland and Ukraine', () => {
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
  const read = async (query: string) => {
    const { data, errors, extensions } = await network.ask(query, {}, secretariat);
    expect(errors).toBeUndefined();
    return { data, completeness: extensions.completeness };
  };
  const warningsOf = async (group: string) => {
    const { data } = await read(`{ group(id: "${of(group)}") { warnings { code owner } } }`);
    return data.group.warnings as { code: string; owner: string | null }[];
  };
  const rule = async (who: string, mutation: string, input: Input) =>
    (await programme.call(who, mutation, input)).rule;
  const nominateDelegate = async (name: string, country: string, group: string) => {
    const person = { office: 'ncm:vno', name, country, targetGroup: 'COURT', languages: ['en'] };
    const delegate = await done('ncm', 'registerDelegate', person, name);
    return { group: of(group), delegate, on: '2031-01-15' };
  };
  const departure = async () => ({
    id: of('week'),
    on: '2031-05-04',
    version: await programme.versionOf('visit', of('week')),
  });

  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
    programme = runIn(network);
    const plan = { title: 'East', ...years, ...lists, sides: [poland, ukraine] };
    const planned = await programme.done(
      'nbnp',
      'createProgramme',
      plan,
      'id sides { id name unansweredIn }',
    );
    ids.set('programme', planned.id);
    for (const { id, name } of planned.sides) ids.set(name, id);
    expect(planned.sides).toMatchObject([{ unansweredIn: ['PL'] }, { unansweredIn: [] }]);
    const group = { programme: planned.id, plannedSize: 2 };
    const [inPoland, inUkraine] = [of('Poland'), of('Ukraine')];
    const fromUkraine = { ...group, name: 'A', from: inUkraine, to: inPoland };
    await done('nbnp', 'createGroup', fromUkraine, 'from Ukraine');
    const fromPoland = { ...group, name: 'B', from: inPoland, to: inUkraine };
    await done('nbnp', 'createGroup', fromPoland, 'from Poland');
    const days = { startsOn: '2031-05-04', endsOn: '2031-05-09' };
    const week = { group: of('from Ukraine'), title: 'A week', hostCountries: ['PL'], ...days };
    await done('nbnp', 'scheduleVisit', week, 'week');
    const stop = { visit: of('week'), hostCountry: 'PL', day: '2031-05-05', sector: 'COURT' };
    await done('nbnp', 'addItineraryStop', { ...stop, title: 'A court', city: 'Warsaw' }, 'stop');
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('says that nobody answers in Poland, asks nobody there, and misses nobody', async () => {
    const { data, completeness } = await read(
      `{ visit(id: "${of('week')}") { hosts { country owner } stops { hostOwner confirmed networkConfirmedVersion } } }`,
    );
    expect(data.visit).toEqual({
      hosts: [{ country: 'PL', owner: 'nbnp' }],
      stops: [{ hostOwner: 'nbnp', confirmed: false, networkConfirmedVersion: 0 }],
    });
    expect(completeness?.complete ?? true).toBe(true);
    expect(await warningsOf('from Ukraine')).toContainEqual({
      code: 'HOST_UNANSWERED',
      owner: 'nbnp',
    });
    const sites = await read('{ nationalSites(filter: { country: "PL" }) { id } }');
    expect(sites.data).toEqual({ nationalSites: [] });
    expect(sites.completeness).toMatchObject({ uncovered: ['PL'] });
  });

  it('has a stop that NBNP alone confirms, in its present version', async () => {
    const confirmation = { stop: of('stop'), on: '2031-03-01', stopVersion: 1 };
    const elsewhere = { ...confirmation, office: 'ncm:vno' };
    expect(await rule('ncm', 'confirmRegionalStop', elsewhere)).toBe('HOST_COUNTRY');
    const abroad = { ...confirmation, unit: 'lt:lkpb' };
    expect((await programme.call('lt', 'confirmStop', abroad)).payload).toBeNull();
    const hosting = { office: 'ncm:vno', visit: of('week') };
    expect(await rule('ncm', 'offerRegionalHosting', hosting)).toBe('HOST_COUNTRY');
    const site = { stop: of('stop'), site: 'lt:site-lt-klaipeda', version: 1 };
    expect(await rule('nbnp', 'changeItineraryStop', site)).toBe('SITE_ELSEWHERE');
    const selection =
      'confirmed networkConfirmedVersion networkConfirmedOn confirmingOrganisation { id }';
    expect(await programme.done('nbnp', 'confirmNetworkStop', confirmation, selection)).toEqual({
      confirmed: true,
      networkConfirmedVersion: 1,
      networkConfirmedOn: '2031-03-01',
      confirmingOrganisation: null,
    });
    const moved = { stop: of('stop'), day: '2031-05-06', version: 1 };
    await done('nbnp', 'moveItineraryStop', moved);
    const late = await programme.call('nbnp', 'confirmNetworkStop', confirmation);
    expect(late).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
  });

  it('takes delegates of the office that the side names, from that country alone', async () => {
    for (const name of ['One', 'Two']) {
      const nomination = await nominateDelegate(name, 'UA', 'from Ukraine');
      await done('ncm', 'nominateDelegate', nomination, `${name}’s nomination`);
    }
    const elsewhere = await nominateDelegate('Three', 'PL', 'from Ukraine');
    expect(await rule('ncm', 'nominateDelegate', elsewhere)).toBe('SIDE');
    // No organisation of the network selects there, so that none has to be named.
    for (const name of ['One', 'Two']) {
      const decision = { nomination: of(`${name}’s nomination`), on: '2031-02-01', version: 1 };
      await done('ncm', 'selectDelegate', decision);
    }
    const { data } = await read(
      `{ group(id: "${of('from Ukraine')}") { state memberCount delegateCount } }`,
    );
    expect(data.group).toEqual({ state: 'SELECTED', memberCount: 2, delegateCount: 2 });
  });

  it('has nobody who nominates from Poland, and knows so for certain', async () => {
    const delegate = await nominateDelegate('Four', 'PL', 'from Poland');
    expect(await rule('ncm', 'nominateDelegate', delegate)).toBe('SIDE');
    const person = { unit: 'lt:lkpb', name: 'A', targetGroup: 'COURT', languages: ['en'] };
    const officer = await done('lt', 'registerOfficer', person);
    const nomination = { group: of('from Poland'), officer, on: '2031-01-15' };
    expect(await rule('lt', 'nominateOfficer', nomination)).toBe('SIDE');
    const { data } = await read(
      `{ group(id: "${of('from Poland')}") { state stateIsCertain memberCount } }`,
    );
    expect(data.group).toEqual({ state: 'PLANNED', stateIsCertain: true, memberCount: 0 });
    for (const organisation of network.codes) {
      const query = '{ tasks { nodes { kind subject } } }';
      const { tasks } = (await network.ask(query, {}, { organisation, role: 'coordinator' })).data;
      const waiting = { kind: 'NOMINATE', subject: of('from Poland') };
      expect(tasks.nodes, organisation).not.toContainEqual(waiting);
    }
  });

  it('is met by NBNP once the office closes that its own was merged into, and says why', async () => {
    const group = of('from Ukraine');
    const briefing = { group, kind: 'BRIEFING', on: '2031-04-20' };
    const version = await programme.versionOf('group', group);
    expect(await rule('nbnp', 'recordGroupMeeting', { ...briefing, version })).toBe('COORDINATOR');
    const stated = { source: 'https://www.norden.org/en', on: '2031-04-01' };
    const kaunas = { name: 'Office in Kaunas', kind: 'OFFICE', city: 'Kaunas', country: 'LT' };
    const office = await done('ncm', 'registerOffice', { ...kaunas, ...stated });
    const { data } = await read('{ office(id: "ncm:vno") { version } }');
    const merged = { office: 'ncm:vno', version: data.office.version, into: office };
    const reason = 'They are one office.';
    await done('ncm', 'mergeOffices', { ...merged, intoVersion: 1, reason, ...stated });
    expect(await rule('nbnp', 'recordGroupMeeting', { ...briefing, version })).toBe('COORDINATOR');
    await done('ncm', 'closeOffice', { office, closedOn: '2031-04-01', version: 2, ...stated });
    const late = { ...briefing, office };
    expect(await rule('ncm', 'recordDelegatesMeeting', late)).toBe('CLOSED');
    expect(await warningsOf('from Ukraine')).toContainEqual({
      code: 'OFFICE_CLOSED',
      owner: 'nbnp',
    });
    expect(await rule('nbnp', 'recordDeparture', await departure())).toBe('NOT_BRIEFED');
    const met = { ...briefing, attendees: [of('One'), of('Two')], version };
    const selection = 'state meetings { attended missed }';
    expect(await programme.done('nbnp', 'recordGroupMeeting', met, selection)).toEqual({
      state: 'BRIEFED',
      meetings: [{ attended: 2, missed: 0 }],
    });
  });

  it('departs when NBNP has confirmed the stop anew', async () => {
    expect(await rule('nbnp', 'recordDeparture', await departure())).toBe('UNCONFIRMED_STOP');
    const confirmation = { stop: of('stop'), on: '2031-05-01', stopVersion: 2 };
    await done('nbnp', 'confirmNetworkStop', confirmation);
    await done('nbnp', 'recordDeparture', await departure());
    expect(await warningsOf('from Ukraine')).not.toContainEqual(
      expect.objectContaining({ code: 'HOST_UNANSWERED' }),
    );
  });
});
