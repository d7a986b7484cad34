import { nominateDelegate, selectDelegate, type Programme } from '../network/run-programme.js';
import { runMember } from './run-participants.js';
import type { Journey } from './run-plan.js';

const authority = 'nbnp:ru-mvd-karelia';
const practicalities = {
  accommodation: 'A hotel',
  transport: 'A bus',
  emergencyContact: 'The duty desk',
};
const onTheSpot = { meetingPoint: 'The pier', contactOnTheSpot: 'A guide', note: 'It is cold.' };
const place = {
  site: 'fi:site-fi-npb',
  address: 'A street',
  city: 'Espoo',
  meetingPoint: 'The gate',
  contactOnTheSpot: 'The guard',
  note: 'Passports.',
};

/** A group from North-West Russia: delegates, a visit with hosts and an expert, reports. */
export async function runDelegates(
  programme: Programme,
  group: string,
  journey: Journey,
): Promise<void> {
  const { done } = programme;
  const people = await decide(programme, group);
  await done('ncm', 'inviteDelegate', { delegate: people[1] }, 'person');
  await done('ncm', 'endDelegateAccess', { delegate: people[1] });
  const visit = await schedule(programme, group, journey);
  const meeting = { group, office: 'ncm:led', place: 'Petrozavodsk' };
  await done('ncm', 'recordDelegatesBriefing', { ...meeting, on: '2031-04-20', version: 0 });
  await done('ncm', 'removeDelegatesMeeting', { group, kind: 'BRIEFING', version: 1 });
  const came = [people[0]];
  const briefing = { kind: 'BRIEFING', on: '2031-04-21', agenda: 'Visas.', attendees: came };
  await done('ncm', 'recordDelegatesMeeting', {
    ...meeting,
    ...briefing,
    outcome: 'All is known.',
    version: 0,
  });
  const all = {
    group,
    kind: 'BRIEFING',
    present: people.slice(1, 2),
    absent: [],
    meetingVersion: 1,
  };
  await done('ncm', 'recordDelegatesAttendance', all, 'results { participant }');
  const not = { ...all, present: came, absent: all.present, meetingVersion: 2 };
  await done('ncm', 'recordDelegatesAttendance', not, 'results { participant }');
  const stop = await plan(programme, visit);
  await host(programme, visit);
  const needs = { diet: 'No nuts', access: 'A lift', emergencyContact: 'A sister' };
  const visa = { group, kind: 'VISA', status: 'REQUESTED', on: '2031-02-10', note: 'Slow.' };
  const traveller = people[1];
  await done('ncm', 'recordDelegateFormality', { ...visa, delegate: traveller, version: 0 });
  const unneeded = { delegate: traveller, status: 'NOT_NEEDED', on: '2031-02-10', version: 0 };
  const formalities = ['TICKET', 'INSURANCE'].map((kind) => ({ ...unneeded, kind }));
  const both = { group, formalities, idempotencyKey: 'formalities' };
  await done('ncm', 'recordDelegateFormalities', both, 'results { participant }');
  await done('ncm', 'setDelegateTravelNeeds', { ...needs, delegate: traveller, version: 0 });
  const hold = { person: traveller, reason: 'A complaint.', until: '2034-06-01', version: 0 };
  await done('ncm', 'holdDelegateData', hold, 'person');
  await done('ncm', 'changeDelegate', {
    delegate: traveller,
    name: 'Bertha Secret',
    email: 'bertha@example.org',
    targetGroup: 'PROSECUTION',
    country: 'RU',
    region: 'RU-MUR',
    employer: 'Another prosecutor',
    languages: ['fi', 'ru', 'en'],
    version: 1,
    isAnother: false,
  });
  await runMember(programme, { type: 'Delegate', id: traveller ?? '', group, requested: 'VISA' });
  const read = { visit, participant: traveller, informationVersion: 2 };
  await done('nbnp', 'acknowledgeInformation', read);
  const expert = await lend(programme, visit);
  for (const [mutation, on] of [
    ['recordDeparture', '2031-05-04'],
    ['recordReturn', '2031-05-10'],
  ] as const)
    await done('nbnp', mutation, await journey.now('visit', visit, { id: visit, on }));
  const held = await journey.now('itineraryStop', stop, { stop, held: false, reason: 'A strike.' });
  await done('nbnp', 'recordStopHeld', held);
  await done('nbnp', 'holdNetworkData', { ...hold, person: stop }, 'person');
  await done('ncm', 'recordDelegatesDebriefing', { ...meeting, on: '2031-05-30', version: 0 });
  const report = { group, visit, on: '2031-05-30', text: 'What I saw.' };
  const delegate = people[0] ?? '';
  await done('ncm', 'handInDelegateReport', { ...report, delegate });
  await done('ncm', 'correctDelegateReport', { ...report, text: 'More.', delegate, version: 1 });
  await journey.erase('ncm', 'eraseDelegate', delegate);
  await journey.erase('fi', 'eraseExpert', expert);
}

/** Two members, one declined, one withdrawn, and a reserve who takes the place of the declined. */
async function decide(programme: Programme, group: string): Promise<string[]> {
  const { done } = programme;
  const details = { email: 'a@example.org', employer: 'A prosecutor' };
  const people = [];
  for (const name of ['Anna Secret', 'B', 'C', 'D', 'E'])
    people.push(await nominateDelegate(programme, group, name, details));
  const [first, second, third, fourth, fifth] = people.map(({ nomination }) => nomination);
  for (const nomination of [first, second]) await selectDelegate(programme, nomination ?? '');
  const decision = { on: '2031-02-01', reason: 'Ill.', version: 1 };
  const localAuthority = 'Administration of the Republic of Karelia';
  const declined = { ...decision, nomination: third, localAuthority };
  await done('ncm', 'declineDelegate', { ...declined, authority });
  const withdrawn = { ...decision, nomination: fourth, localAuthority };
  await done('ncm', 'withdrawDelegate', { ...withdrawn, authority });
  const selected = { ...decision, nomination: fifth, authority, reason: 'Ready.' };
  await done('ncm', 'selectDelegate', { ...selected, reserve: true });
  await done('ncm', 'selectDelegate', { ...selected, replaces: third, version: 2 });
  return people.map(({ delegate }) => delegate);
}

/** A visit that is moved and described; another one that is cancelled. */
async function schedule({ done }: Programme, group: string, { now }: Journey): Promise<string> {
  const planned = { group, title: 'A week in Finland', hostCountries: ['FI', 'EE'] };
  const first = { ...planned, startsOn: '2031-05-04', endsOn: '2031-05-09' };
  const visit = (await done('nbnp', 'scheduleVisit', first)).id as string;
  const days = { visit, startsOn: '2031-05-04', endsOn: '2031-05-10' };
  await done('nbnp', 'rescheduleVisit', await now('visit', visit, days));
  const practical = { practicalInformation: 'Bring a coat.', hostCountries: ['EE', 'FI'] };
  const change = { visit, title: 'A week in the North', ...practical };
  await done('nbnp', 'changeVisit', await now('visit', visit, change));
  const other = { group, title: 'A week in Norway', hostCountries: ['NO'] };
  const { id: dropped } = await done('nbnp', 'scheduleVisit', {
    ...other,
    startsOn: '2031-06-01',
    endsOn: '2031-06-06',
  });
  const cancelled = { visit: dropped, on: '2031-03-01', reason: 'No hotel.', version: 1 };
  await done('nbnp', 'cancelVisit', cancelled);
  return visit;
}

/** A stop that is moved, changed and confirmed, one that is removed, and one that is called off. */
async function plan({ done }: Programme, visit: string): Promise<string> {
  const stopOf = async (day: string, more: object = {}) => {
    const planned = { visit, hostCountry: 'FI', day, title: 'A day', sector: 'POLICE' };
    return (await done('nbnp', 'addItineraryStop', { ...planned, ...more })).id as string;
  };
  const times = { from: '10:00', to: '11:00' };
  const stop = await stopOf('2031-05-05', { ...place, ...times });
  const removed = await stopOf('2031-05-06');
  const moved = { stop, day: '2031-05-07', from: '09:00', to: '12:00' };
  await done('nbnp', 'moveItineraryStop', { ...moved, version: 1 });
  await done('nbnp', 'removeItineraryStop', { stop: removed, version: 1 });
  await done('nbnp', 'changeItineraryStop', {
    stop,
    title: 'Another day',
    sector: 'EDUCATION',
    site: 'fi:site-fi-college',
    address: 'A square',
    city: 'Tampere',
    meetingPoint: 'The door',
    contactOnTheSpot: 'A teacher',
    note: null,
    version: 2,
  });
  const confirmation = { unit: 'fi:npb', stop, on: '2031-03-01', stopVersion: 3 };
  await done('fi', 'confirmStop', { ...confirmation, on: '2031-02-28' });
  await done('fi', 'confirmStop', { ...confirmation, recordedOn: '2031-02-28' });
  const asked = { stop, status: 'ASKED', on: '2031-02-01', version: 3 };
  await done('nbnp', 'recordSiteContact', asked);
  const calledOff = { on: '2031-04-01', reason: 'The institution is closed.', version: 1 };
  const resumed = await stopOf('2031-05-08');
  await done('nbnp', 'callOffItineraryStop', { stop: resumed, ...calledOff });
  await done('nbnp', 'resumeItineraryStop', { stop: resumed, version: 2 });
  await done('nbnp', 'callOffItineraryStop', { stop: resumed, ...calledOff, version: 3 });
  return stop;
}

/** One offer that is confirmed, and one that is withdrawn. */
async function host(programme: Programme, visit: string): Promise<void> {
  const { done } = programme;
  const offer = { unit: 'fi:npb', visit, ...practicalities };
  for (const decide of ['confirmHosting', 'withdrawHosting']) {
    const hosting = await done('fi', 'offerHosting', { ...offer, ...onTheSpot });
    await done('fi', 'changeHosting', {
      hosting: hosting.id,
      accommodation: 'A school',
      transport: null,
      meetingPoint: 'Platform 5',
      contactOnTheSpot: 'A driver',
      emergencyContact: '112',
      note: 'Bring towels.',
      version: 1,
    });
    const visitVersion = await programme.versionOf('visit', visit);
    const isConfirmed = decide === 'confirmHosting';
    const decision = { hosting: hosting.id, on: '2031-03-01', version: 2 };
    await done('fi', decide, { ...decision, ...(isConfirmed && { visitVersion }) });
  }
}

/** An expert who is registered, asked for, refused and released. */
async function lend(programme: Programme, visit: string): Promise<string> {
  const { done } = programme;
  const { id: expert } = await done('fi', 'registerExpert', {
    unit: 'fi:npb',
    name: 'E',
    isRehearsal: false,
    email: 'e@example.org',
    roles: ['EXPERT'],
    languages: ['fi', 'ru'],
    fields: ['POLICE'],
  });
  await done('fi', 'changeExpert', {
    expert,
    name: 'Eva Secret',
    email: 'eva@example.org',
    unit: 'fi:ccp',
    roles: ['EXPERT', 'INTERPRETER'],
    languages: ['fi', 'ru', 'en'],
    fields: ['NGO'],
    version: 1,
    isAnother: false,
  });
  const request = { visit, expert, role: 'EXPERT', languages: ['ru'] };
  const { experts } = await done('nbnp', 'assignExpert', request, 'id experts { id }');
  const assignment = experts[0].id as string;
  const loan = { assignment, expert, grant: true, on: '2031-03-01', reason: 'No trial.' };
  const visitVersion = await programme.versionOf('visit', visit);
  await done('fi', 'decideExpertLoan', { ...loan, visitVersion });
  const illness = { assignment, expert, on: '2031-03-02', reason: 'She is ill.' };
  await done('fi', 'withdrawExpertLoan', illness);
  await done('nbnp', 'releaseExpert', { assignment });
  return expert as string;
}
