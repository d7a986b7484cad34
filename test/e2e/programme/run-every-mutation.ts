import type { OpenNetwork } from '../network/open-network.js';
import {
  acceptOfficer,
  nominateDelegate,
  nominateOfficer,
  plan,
  reopenOffice,
  runIn,
  selectDelegate,
  type Input,
  type Programme,
} from '../network/run-programme.js';
import { planProgramme, runEvents } from './run-plan.js';

/** A mutation that was done, and whose. */
export interface Step {
  readonly mutation: string;
  readonly organisation: string;
}

/** Is told of each mutation, and calls it. */
type Around = <Result>(step: Step, call: () => Promise<Result>) => Promise<Result>;

/** As the programme, but each mutation is told. One that is refused is a fault of the test. */
function tell(programme: Programme, around: Around): Programme {
  const done: Programme['done'] = (organisation, mutation, input, selection) =>
    around({ organisation, mutation }, () =>
      programme.done(organisation, mutation, input, selection),
    );
  return {
    ...programme,
    done,
    call: (organisation, mutation, input, selection) =>
      around({ organisation, mutation }, async () => {
        const outcome = await programme.call(organisation, mutation, input, selection);
        if (outcome.code) throw new Error(`${mutation}: ${JSON.stringify(outcome.answer.errors)}`);
        return outcome;
      }),
  };
}

/** Calls every mutation of every kind of partner, each in a state in which it changes something. */
export async function runSteps(network: OpenNetwork, around: Around): Promise<void> {
  await reopenOffice(network);
  const programme = tell(runIn(network), around);
  const { done } = programme;
  const secretariat = (mutation: string, input: Input, selection?: string) =>
    done('nbnp', mutation, input, selection);
  const now = async (field: string, record: string, input: Input) => ({
    ...input,
    version: await programme.versionOf(field, record),
  });
  const erase = (organisation: string, mutation: string, id: string) =>
    around({ organisation, mutation }, async () => {
      const query = `mutation ($id: ID!) { erased: ${mutation}(id: $id) }`;
      const { data } = await network.ask(query, { id }, { organisation, role: 'coordinator' });
      if (data.erased !== true) throw new Error(`${mutation} erased nobody.`);
    });

  const id = await planProgramme(programme);
  const createGroup = async (direction: string, name: string): Promise<string> => {
    const input = { programme: id, name, direction, plannedSize: 2, coordinatingOffice: 'ncm:led' };
    return (await secretariat('createGroup', input)).id;
  };
  await runEvents(programme, id);
  const cancelled = await createGroup('NORTH_WEST_RUSSIA_TO_NORDIC', 'Cancelled');
  const renamed = { group: cancelled, name: 'Soon cancelled', coordinatingOffice: null };
  await secretariat('changeGroup', { ...renamed, plannedSize: 3, version: 1 });
  await secretariat('cancelGroup', {
    group: cancelled,
    on: '2031-01-01',
    reason: 'No host was found.',
    version: 2,
  });
  await runDelegates(programme, await createGroup('NORTH_WEST_RUSSIA_TO_NORDIC', 'From Karelia'), {
    now,
    erase,
  });
  await runOfficers(
    programme,
    await createGroup('NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA', 'From the North'),
    { now, erase },
  );
  await runRegionalHostings(programme);
  await evaluate(programme, id);
}

/** Each side writes its part and signs; each withdraws its signature once while it stands alone. */
async function evaluate({ done }: Programme, id: string): Promise<void> {
  const ofOffices = { programme: id, on: '2032-01-10' };
  await done('nbnp', 'draftEvaluation', {
    programme: id,
    findings: [{ title: 'Shelters', text: 'They share a telephone number.', sector: 'NGO' }],
    recommendations: ['More time.'],
    version: 0,
  });
  await done('ncm', 'draftOfficeEvaluation', { programme: id, summary: 'Again.', version: 0 });
  await done('ncm', 'signOfficeEvaluation', ofOffices);
  await done('ncm', 'withdrawOfficeSignature', ofOffices);
  const ofNetwork = { programme: id, summary: 'Seen.', on: '2032-01-12' };
  await done('nbnp', 'signEvaluation', ofNetwork);
  await done('nbnp', 'withdrawEvaluationSignature', { id, on: '2032-01-12', version: 2 });
  await done('ncm', 'signOfficeEvaluation', ofOffices);
  await done('nbnp', 'signEvaluation', ofNetwork);
}

interface Journey {
  now(field: string, record: string, input: Input): Promise<Input>;
  erase(organisation: string, mutation: string, id: string): Promise<void>;
}

/** A group from North-West Russia: delegates, a visit with hosts and an expert, reports. */
async function runDelegates(
  programme: Programme,
  group: string,
  { now, erase }: Journey,
): Promise<void> {
  const { done } = programme;
  const people = [];
  for (const name of ['Anna Secret', 'B', 'C', 'D'])
    people.push(await nominateDelegate(programme, group, name));
  const [first, second, third, fourth] = people.map(({ nomination }) => nomination);
  for (const nomination of [first, second]) await selectDelegate(programme, nomination ?? '');
  const decision = { on: '2031-02-01', version: 1 };
  await done('ncm', 'declineDelegate', { nomination: third, reason: 'Ill.', ...decision });
  await done('ncm', 'withdrawDelegate', { nomination: fourth, reason: 'Ill.', ...decision });
  const visit = (
    await done('nbnp', 'scheduleVisit', {
      group,
      title: 'A week in Finland',
      hostCountries: ['FI', 'EE'],
      startsOn: '2031-05-04',
      endsOn: '2031-05-09',
    })
  ).id as string;
  const days = { visit, startsOn: '2031-05-04', endsOn: '2031-05-10' };
  await done('nbnp', 'rescheduleVisit', await now('visit', visit, days));
  const practical = { visit, practicalInformation: 'Bring a coat.', hostCountries: ['EE', 'FI'] };
  await done('nbnp', 'changeVisit', await now('visit', visit, practical));
  const other = { group, title: 'A week in Norway', hostCountries: ['NO'] };
  const { id: dropped } = await done('nbnp', 'scheduleVisit', {
    ...other,
    startsOn: '2031-06-01',
    endsOn: '2031-06-06',
  });
  const cancelled = { visit: dropped, on: '2031-03-01', reason: 'No hotel.', version: 1 };
  await done('nbnp', 'cancelVisit', cancelled);
  const meeting = { group, office: 'ncm:led', place: 'Petrozavodsk' };
  await done('ncm', 'recordDelegatesBriefing', { ...meeting, on: '2031-04-20' });
  const stopOf = async (day: string) =>
    (
      await done('nbnp', 'addItineraryStop', {
        visit,
        hostCountry: 'FI',
        day,
        title: 'A day',
        sector: 'POLICE',
      })
    ).id as string;
  const [stop, removed] = [await stopOf('2031-05-05'), await stopOf('2031-05-06')];
  await done('nbnp', 'moveItineraryStop', { stop, day: '2031-05-07', from: '09:00', version: 1 });
  await done('nbnp', 'removeItineraryStop', { stop: removed, version: 1 });
  await done('nbnp', 'changeItineraryStop', { stop, meetingPoint: 'The gate', version: 2 });
  await done('fi', 'confirmStop', { unit: 'fi:npb', stop, on: '2031-03-01', stopVersion: 3 });
  const asked = { stop, status: 'ASKED', on: '2031-02-01', version: 3 };
  await done('nbnp', 'recordSiteContact', asked);
  const calledOff = { on: '2031-04-01', reason: 'The institution is closed.', version: 1 };
  await done('nbnp', 'callOffItineraryStop', { stop: await stopOf('2031-05-08'), ...calledOff });
  const offer = { unit: 'fi:npb', visit, accommodation: 'A hotel' };
  for (const decide of ['confirmHosting', 'withdrawHosting']) {
    const hosting = await done('fi', 'offerHosting', offer);
    const meetingPoint = 'Platform 5';
    await done('fi', 'changeHosting', { hosting: hosting.id, meetingPoint, version: 1 });
    await done('fi', decide, { hosting: hosting.id, on: '2031-03-01' });
  }
  const needs = { diet: 'No nuts', emergencyContact: 'A sister' };
  const visa = { group, kind: 'VISA', status: 'REQUESTED', on: '2031-02-10', note: 'Slow.' };
  const traveller = people[1]?.delegate;
  await done('ncm', 'recordDelegateFormality', { ...visa, delegate: traveller });
  await done('ncm', 'setDelegateTravelNeeds', { ...needs, delegate: traveller });
  const expert = await done('fi', 'registerExpert', {
    unit: 'fi:npb',
    name: 'E',
    roles: ['EXPERT'],
    languages: ['fi', 'ru'],
    fields: ['POLICE'],
  });
  const changed = { languages: ['fi', 'ru', 'en'], version: 1 };
  await done('fi', 'changeExpert', { ...changed, expert: expert.id });
  await done('ncm', 'changeDelegate', { ...changed, delegate: people[1]?.delegate });
  const assigned = await done(
    'nbnp',
    'assignExpert',
    { visit, expert: expert.id, role: 'EXPERT', languages: ['ru'] },
    'id experts { id }',
  );
  const assignment = assigned.experts[0].id;
  const loan = {
    assignment,
    expert: expert.id,
    grant: false,
    on: '2031-03-01',
    reason: 'A trial.',
  };
  await done('fi', 'decideExpertLoan', loan);
  await done('nbnp', 'releaseExpert', { assignment });
  for (const [mutation, on] of [
    ['recordDeparture', '2031-05-04'],
    ['recordReturn', '2031-05-10'],
  ] as const)
    await done('nbnp', mutation, await now('visit', visit, { id: visit, on }));
  await done('nbnp', 'recordStopHeld', { stop, held: true, version: 4 });
  await done('ncm', 'recordDelegatesDebriefing', { ...meeting, on: '2031-05-30' });
  const report = { group, visit, on: '2031-05-30', text: 'What I saw.' };
  const delegate = people[0]?.delegate ?? '';
  await done('ncm', 'handInDelegateReport', { ...report, delegate });
  await done('ncm', 'correctDelegateReport', { ...report, text: 'More.', delegate });
  await erase('ncm', 'eraseDelegate', delegate);
  await erase('fi', 'eraseExpert', expert.id as string);
}

/** A Nordic-Baltic group: officers, a visit to North-West Russia, reports. */
async function runOfficers(
  programme: Programme,
  group: string,
  { now, erase }: Journey,
): Promise<void> {
  const { done } = programme;
  const nominate = (police: string, unit: string) =>
    nominateOfficer(programme, police, unit, group);
  const members = [await nominate('dk', 'dk:police'), await nominate('fi', 'fi:npb')];
  for (const member of members) await acceptOfficer(programme, group, member);
  const visa = { group, kind: 'VISA', status: 'RECEIVED', on: '2031-02-10' };
  await done('fi', 'recordOfficerFormality', { ...visa, officer: members[1]?.officer });
  await done('fi', 'setOfficerTravelNeeds', { officer: members[1]?.officer, diet: 'No nuts' });
  const { nomination, officer } = await nominate('dk', 'dk:police');
  await done('dk', 'changeOfficer', { officer, languages: ['en', 'da'], version: 1 });
  const declined = { group, officer, nomination, on: '2031-02-01', reason: 'Ill.' };
  await done('nbnp', 'declineOfficer', await now('group', group, declined));
  const withdrawn = await nominate('dk', 'dk:police');
  await done('dk', 'withdrawOfficer', {
    nomination: withdrawn.nomination,
    on: '2031-02-01',
    version: 1,
  });
  const record = async (mutation: string, field: 'group' | 'visit', id: string, on: string) =>
    done('nbnp', mutation, await now(field, id, { id, on }));
  await record('recordGroupBriefing', 'group', group, '2031-08-01');
  const visit = (
    await done('nbnp', 'scheduleVisit', {
      group,
      title: 'A week in Russia',
      hostCountries: ['RU'],
      startsOn: '2031-09-07',
      endsOn: '2031-09-12',
    })
  ).id as string;
  const stop = await done('nbnp', 'addItineraryStop', {
    visit,
    hostCountry: 'RU',
    day: '2031-09-08',
    title: 'A day',
    sector: 'SOCIAL',
  });
  const confirmation = { stop: stop.id, office: 'ncm:led', on: '2031-06-01', stopVersion: 1 };
  await done('ncm', 'confirmRegionalStop', confirmation);
  const absent = { group, visit, participant: members[1]?.officer, from: '2031-09-10' };
  await done('nbnp', 'recordAbsence', await now('group', group, { ...absent, reason: 'ILLNESS' }));
  await record('recordDeparture', 'visit', visit, '2031-09-07');
  await record('recordReturn', 'visit', visit, '2031-09-12');
  await record('recordGroupDebriefing', 'group', group, '2031-10-01');
  const [member] = members;
  const report = { officer: member?.officer, group, visit, on: '2031-10-05', text: 'What I saw.' };
  await done('dk', 'handInOfficerReport', report);
  await done('dk', 'correctOfficerReport', { ...report, text: 'More.' });
  await erase('dk', 'eraseOfficer', member?.officer ?? '');
}

/** What the office in St. Petersburg arranged for a visit in its own time: it closed in March 2015. */
async function runRegionalHostings({ done }: Programme): Promise<void> {
  const years = { startsOn: '2013', endsOn: '2014' };
  const { id: past } = await done('nbnp', 'createProgramme', { ...plan, ...years });
  const { id: group } = await done('nbnp', 'createGroup', {
    programme: past,
    name: 'From the North, earlier',
    direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
    plannedSize: 2,
    coordinatingOffice: 'ncm:led',
  });
  const { id: visit } = await done('nbnp', 'scheduleVisit', {
    group,
    title: 'A week in Karelia',
    hostCountries: ['RU'],
    startsOn: '2014-09-07',
    endsOn: '2014-09-12',
  });
  const offer = { office: 'ncm:led', visit, accommodation: 'A guest house' };
  for (const decide of ['confirmRegionalHosting', 'withdrawRegionalHosting']) {
    const { id: hosting } = await done('ncm', 'offerRegionalHosting', offer);
    await done('ncm', 'changeRegionalHosting', { hosting, meetingPoint: 'Platform 5', version: 1 });
    await done('ncm', decide, { hosting, on: '2014-06-01', version: 2 });
  }
}
