import { plan, type Input, type Programme } from '../network/run-programme.js';

/** What the journeys of a programme are run with. */
export interface Journey {
  /** Adds the version of a record as it is. */
  now(field: string, record: string, input: Input): Promise<Input>;
  erase(organisation: string, mutation: string, id: string): Promise<void>;
}

/** Plans a programme and changes its plan. Gives its id. */
export async function planProgramme({ done }: Programme): Promise<string> {
  const { id } = await done('nbnp', 'createProgramme', {
    ...plan,
    isRehearsal: false,
    deadlines: [{ kind: 'NOMINATION', days: 60 }],
    aims: ['To meet.'],
    areasToInvolve: ['RU-MUR'],
    plannedJourneys: [{ direction: 'NORTH_WEST_RUSSIA_TO_NORDIC', weeks: 2, destination: 'Oslo' }],
    roles: [{ role: 'COORDINATOR', party: 'ncm:led' }],
  });
  const journey = { direction: 'NORTH_WEST_RUSSIA_TO_NORDIC', weeks: 1, destination: 'Norway' };
  const aims = ['To meet.', 'To learn.'];
  const lists = { aims, areasToInvolve: null, plannedJourneys: [journey] };
  await done('nbnp', 'changeProgramme', {
    programme: id,
    title: 'Programme of the years 2030 to 2032',
    isRehearsal: false,
    startsOn: '2030',
    endsOn: '2032-11',
    plannedGroups: 3,
    roles: [{ role: 'FUNDER', party: 'nbnp:ncm' }],
    sectorsToShow: ['POLICE', 'NGO'],
    workingLanguages: ['en'],
    deadlines: [{ kind: 'NOMINATION', days: 30 }],
    ...lists,
    version: 1,
  });
  return id as string;
}

const source = 'https://example.org/seminar';

/** An event that is corrected, and a part of it that is removed. */
export async function runEvents({ call, done }: Programme, programme: string): Promise<void> {
  const event = await done('nbnp', 'recordEvent', {
    title: 'A seminar in Karelia',
    kind: 'SEMINAR',
    startsOn: '2031-03',
    endsOn: '2031-04',
    venue: 'A library',
    city: 'Helsinki',
    country: 'FI',
    countries: ['FI'],
    organisers: ['ncm:led'],
    roles: [{ role: 'PARTNER', party: 'no:pod' }],
    targetGroup: 'Police',
    workingLanguages: ['en'],
    participants: 20,
    note: 'In the morning.',
    source,
    programme,
  });
  const part = await done('nbnp', 'recordEvent', {
    title: 'Its first day',
    kind: 'SEMINAR_PART',
    organisers: ['ncm:led'],
    partOf: event.id,
    represented: [{ what: 'the ministry', country: 'FI' }],
    aim: 'To begin.',
  });
  const whole = await done('nbnp', 'recordEvent', {
    title: 'A week of seminars',
    kind: 'FORUM',
    organisers: ['ncm:led'],
  });
  await done('nbnp', 'changeEvent', {
    event: event.id,
    isAnother: true,
    title: 'A conference in Karelia',
    kind: 'CONFERENCE',
    startsOn: '2031-03-02',
    endsOn: '2031-03-03',
    venue: null,
    city: 'Oslo',
    country: null,
    countries: ['FI', 'NO'],
    roles: [
      { role: 'ORGANISER', party: 'ncm:led' },
      { role: 'HOST', party: 'fi:npb' },
    ],
    represented: [{ what: 'the town', party: 'fi:npb' }],
    aim: 'To meet.',
    targetGroup: 'Prosecutors',
    workingLanguages: ['en', 'ru'],
    participants: 30,
    partOf: whole.id,
    programme: null,
    note: 'All day.',
    source: `${source}/2`,
    version: 1,
  });
  const reason = 'It was another one.';
  await runStatements({ call, done }, { event: event.id, later: whole.id, reason });
  await call('nbnp', 'removeEvent', { event: part.id, reason, version: 1 }, '');
}

/** What sources state of an event, what came of it, and a page about it: a correction, and its end. */
async function runStatements(
  { call, done }: Pick<Programme, 'call' | 'done'>,
  {
    event,
    later,
    reason,
  }: { readonly event: string; readonly later: string; readonly reason: string },
): Promise<void> {
  const page = { source, on: '2030-01-01' };
  const next = { source: `${source}/2`, on: '2030-01-02', version: 1, isAnother: true };
  const { id: outcome } = await done('nbnp', 'recordOutcome', {
    event,
    kind: 'DECISION',
    title: 'A group is set up.',
    mandated: ['fi:npb'],
    leadsTo: null,
    isAnother: false,
    ...page,
  });
  const changed = { kind: 'OTHER', title: 'A group meets.', mandated: ['no:pod'], leadsTo: later };
  await done('nbnp', 'changeOutcome', { outcome, ...changed, ...next });
  await call('nbnp', 'removeOutcome', { outcome, reason, version: 2 }, '');
  const words = {
    text: 'Victims come from the North.',
    kind: 'CONTEXT',
    countries: ['LV'],
    traffickingRoles: ['ORIGIN'],
    primaryRole: 'ORIGIN',
    place: 'page 5',
  };
  const stated = { about: event, ...words, isAnother: false, ...page };
  const { id: statement } = await done('nbnp', 'recordStatement', stated);
  await done('nbnp', 'changeStatement', {
    statement,
    text: 'They come from the South.',
    kind: 'NEED',
    countries: ['LT'],
    traffickingRoles: ['TRANSIT'],
    primaryRole: null,
    place: null,
    ...next,
  });
  await call('nbnp', 'removeStatement', { statement, reason, version: 2 }, '');
  const photographs = { about: event, url: source, label: 'Photographs', on: page.on };
  const { id: link } = await done('nbnp', 'recordLink', photographs);
  const gallery = { url: `${source}/gallery`, label: null, on: page.on, version: 1 };
  await done('nbnp', 'changeLink', { link, ...gallery });
  await call('nbnp', 'removeLink', { link, reason, version: 2 }, '');
  const member = { country: 'LT', contact: 'lt:lkpb', since: '2001', ...page, version: 1 };
  await done('nbnp', 'changeMembership', member, 'country');
}

/** A programme between two sides, of which one changes, and a group that goes between them. */
export async function planSides({ done }: Programme): Promise<string> {
  const latvia = {
    name: 'Latvia',
    countries: ['LV'],
    selectors: ['ncm:rix', 'lv:police'],
    coordinators: ['ncm:rix'],
  };
  const sides = [latvia, { name: 'Denmark', countries: ['DK'], hosts: ['dk:nec'] }];
  const journey = { from: 'Latvia', to: 'Denmark', weeks: 1, destination: 'Denmark' };
  const input = { ...plan, sides, plannedJourneys: [journey] };
  const created = await done('nbnp', 'createProgramme', input, 'id sides { id }');
  const programme = created.id;
  const [from, to] = (created['sides'] as readonly { readonly id: string }[]).map(({ id }) => id);
  const changed = [latvia, { name: 'Denmark', countries: ['DK', 'PL'] }];
  await done('nbnp', 'changeProgramme', { programme, sides: changed, version: 1 });
  const group = { programme, name: 'From Riga', plannedSize: 2, from, to };
  return (await done('nbnp', 'createGroup', group)).id;
}

/** A programme, its group and a visit of it, each once more. */
export async function copyPlans(
  { done }: Programme,
  copied: Readonly<Record<'programme' | 'group' | 'visit', string>>,
): Promise<void> {
  const { programme: of, group, visit } = copied;
  const years = { title: 'Next', startsOn: '2013', endsOn: '2014', isRehearsal: false };
  const { id: programme } = await done('nbnp', 'copyProgramme', { programme: of, ...years });
  const own = { name: 'Next', plannedSize: 3, coordinatingOffice: 'ncm:led' };
  const to = { programme, startsOn: '2014-05-04' };
  const { id: next } = await done('nbnp', 'copyGroup', { group, ...own, ...to });
  const once = { title: 'Again', startsOn: '2014-06-01' };
  await done('nbnp', 'copyVisit', { visit, group: next, ...once });
}
