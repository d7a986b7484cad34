import type { OpenNetwork } from '../network/open-network.js';
import {
  nominateDelegate,
  nominateOfficer,
  plan,
  reopenOffice,
  runIn,
  type Input,
  type Programme,
} from '../network/run-programme.js';
import { runDelegates } from './run-delegates.js';
import {
  runContactPoints,
  runOffices,
  runOrganisations,
  runSites,
  runUnits,
} from './run-network.js';
import { runOfficers } from './run-officers.js';
import { copyPlans, planProgramme, planSides, runEvents } from './run-plan.js';

interface Undoing {
  now(field: string, record: string, input: Input): Promise<Input>;
  createGroup(direction: string, name: string): Promise<string>;
}

const reason = 'It was a mistake.';
const north = 'NORTH_WEST_RUSSIA_TO_NORDIC';
const south = 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA';

/** Records mistakes of every kind, and undoes each. */
async function runUndo(programme: Programme, undoing: Undoing): Promise<void> {
  const { call, done } = programme;
  const remove = (organisation: string, mutation: string, input: Input) =>
    call(organisation, mutation, input, '');
  const { id: planned } = await done('nbnp', 'createProgramme', { ...plan, isRehearsal: false });
  const sizes = { targetGroups: ['POLICE'], groupSizeMin: 3, groupSizeMax: 5, isRehearsal: false };
  await done('nbnp', 'changeProgramme', { programme: planned, ...sizes, version: 1 });
  await remove('nbnp', 'removeProgramme', { programme: planned, reason, version: 2 });
  const group = await undoing.createGroup(south, 'Mistaken');
  await remove('nbnp', 'removeGroup', { group, reason, version: 1 });
  const event = await done('nbnp', 'recordEvent', {
    title: 'A meeting in Turku',
    kind: 'MEETING',
    isAnother: true,
    organisers: ['ncm:led'],
    roles: [{ role: 'HOST', party: 'fi:npb' }],
  });
  await runOffices(programme);
  const role = { event: event.id, party: 'fi:npb', role: 'HOST', version: 1, isAnother: null };
  await done('nbnp', 'removeEventRole', role);
  await removePeople(programme, remove);
  await reopen(programme, undoing);
}

async function removePeople(
  { done }: Programme,
  remove: (organisation: string, mutation: string, input: Input) => Promise<unknown>,
): Promise<void> {
  const ofUnit = {
    unit: 'fi:npb',
    name: 'Mistaken Secret',
    languages: ['fi'],
    isRehearsal: false,
    isAnother: true,
  };
  const officer = await done('fi', 'registerOfficer', { ...ofUnit, targetGroup: 'POLICE' });
  await remove('fi', 'removeOfficer', { officer: officer.id, version: 1 });
  const skills = { roles: ['EXPERT'], fields: ['POLICE'] };
  const expert = await done('fi', 'registerExpert', { ...ofUnit, ...skills });
  await remove('fi', 'removeExpert', { expert: expert.id, version: 1 });
  const delegate = await done('ncm', 'registerDelegate', {
    office: 'ncm:rix',
    name: 'Mistaken Secret',
    targetGroup: 'POLICE',
    // A side of the documented programme names it.
    country: 'LV',
    languages: ['lv'],
    isRehearsal: false,
    isAnother: true,
  });
  await remove('ncm', 'removeDelegate', { delegate: delegate.id, version: 1 });
}

/** Decisions that were mistakes, of both sides. */
async function reopen(programme: Programme, { now, createGroup }: Undoing): Promise<void> {
  const { done } = programme;
  const group = await createGroup(south, 'Reopened from the North');
  const { nomination, officer } = await nominateOfficer(programme, 'dk', 'dk:police', group);
  const declined = { group, officer, nomination, on: '2031-02-01', reason: 'Ill.' };
  await done('nbnp', 'declineOfficer', { ...declined, version: 1 });
  await done('nbnp', 'reopenOfficerNomination', { group, nomination, decisionVersion: 1 });
  const one = { officer, nomination, decision: 'DECLINE', reason: 'Ill.', version: 1 };
  const decisions = [{ ...one, decisionVersion: 2 }];
  const meeting = { group, on: '2031-02-01', decisions, idempotencyKey: 'meeting' };
  await done('nbnp', 'decideOfficers', meeting, 'group { id }');
  await done('nbnp', 'reopenOfficerNomination', { group, nomination, decisionVersion: 3 });
  const withdrawn = { nomination, on: '2031-02-01', version: 1 };
  await done('dk', 'withdrawOfficer', withdrawn);
  const other = await createGroup(north, 'Reopened from Karelia');
  const { nomination: id } = await nominateDelegate(programme, other, 'Reopened Secret');
  const decision = { nomination: id, on: '2031-02-01', localAuthority: 'A court' };
  await done('ncm', 'declineDelegate', { ...decision, version: 1 });
  await done('ncm', 'reopenDelegateNomination', { nomination: id, version: 2 });
  const selected = { nomination: id, decision: 'SELECT', version: 3 };
  const together = { localAuthority: 'A court', authority: null, idempotencyKey: 'meeting' };
  const meetingThere = { group: other, on: '2031-02-01', decisions: [selected], ...together };
  await done('ncm', 'decideDelegates', meetingThere, 'group { id }');
  for (const cancelled of [group, other])
    await done(
      'nbnp',
      'cancelGroup',
      await now('group', cancelled, { group: cancelled, on: '2031-03-01', reason }),
    );
}

/** What the office in St. Petersburg arranged for a visit in its own time: it closed in March 2015. */
async function runRegionalHostings(programme: Programme): Promise<void> {
  const { done } = programme;
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
  const details = {
    transport: 'A train',
    meetingPoint: 'Platform 1',
    contactOnTheSpot: 'A driver',
    emergencyContact: 'The duty desk',
    note: 'Bring towels.',
  };
  await copyPlans(programme, { programme: past, group, visit });
  const offer = { office: 'ncm:led', visit, accommodation: 'A guest house', ...details };
  for (const decide of ['confirmRegionalHosting', 'withdrawRegionalHosting']) {
    const { id: hosting } = await done('ncm', 'offerRegionalHosting', offer);
    await done('ncm', 'changeRegionalHosting', {
      hosting,
      accommodation: 'A school',
      transport: 'A bus',
      meetingPoint: 'Platform 5',
      contactOnTheSpot: 'A teacher',
      emergencyContact: '112',
      note: null,
      version: 1,
    });
    const decision = { hosting, on: '2014-06-01', version: 2 };
    const isConfirmed = decide === 'confirmRegionalHosting';
    await done('ncm', decide, { ...decision, ...(isConfirmed && { visitVersion: 1 }) });
  }
}

/** A stop in a country for which no partner answers. */
async function confirmWithoutPartner({ done }: Programme, group: string): Promise<void> {
  const days = { startsOn: '2031-04-07', endsOn: '2031-04-12' };
  const visit = { group, title: 'A week', hostCountries: ['DK', 'PL'], ...days };
  const { id } = await done('nbnp', 'scheduleVisit', visit);
  const plan = { visit: id, hostCountry: 'PL', day: days.startsOn, title: 'A day', sector: 'NGO' };
  const { id: stop } = await done('nbnp', 'addItineraryStop', plan);
  const confirmation = { stop, organisation: 'nbnp:nbnp', on: '2031-02-01', stopVersion: 1 };
  await done('nbnp', 'confirmNetworkStop', confirmation);
  const corrected = { ...confirmation, on: '2031-02-02', recordedOn: confirmation.on };
  await done('nbnp', 'confirmNetworkStop', corrected);
}

/** A mutation that was done, and whose. */
export interface Step {
  readonly mutation: string;
  readonly organisation: string;
  /** What it was given. An erasure is given an id alone. */
  readonly input: Input;
}

/** Is told of each mutation, and calls it. */
type Around = <Result>(step: Step, call: () => Promise<Result>) => Promise<Result>;

/** As the programme, but each mutation is told. One that is refused is a fault of the test. */
function tell(programme: Programme, around: Around): Programme {
  const done: Programme['done'] = (organisation, mutation, input, selection) =>
    around({ organisation, mutation, input }, () =>
      programme.done(organisation, mutation, input, selection),
    );
  return {
    ...programme,
    done,
    call: (organisation, mutation, input, selection) =>
      around({ organisation, mutation, input }, async () => {
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
    around({ organisation, mutation, input: { id } }, async () => {
      const isElsewhere = mutation === 'eraseTexts';
      const query = `mutation ($id: ID!) { erased: ${mutation}(${isElsewhere ? 'person' : 'id'}: $id) }`;
      const by = isElsewhere ? id.slice(0, 2) : organisation;
      const { data } = await network.ask(query, { id }, { organisation: by, role: 'coordinator' });
      if (data.erased !== true) throw new Error(`${mutation} erased nobody.`);
    });

  const id = await planProgramme(programme);
  const createGroup = async (direction: string, name: string): Promise<string> => {
    const input = { programme: id, name, direction, plannedSize: 2, coordinatingOffice: 'ncm:led' };
    return (await secretariat('createGroup', input)).id;
  };
  await runContactPoints(programme);
  await runOrganisations(programme);
  await runUnits(programme);
  await runSites(programme);
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
  await confirmWithoutPartner(programme, await planSides(programme));
  await runUndo(programme, { now, createGroup });
  await evaluate(programme, id);
}

/** Each side writes its part and signs; each withdraws its signature once while it stands alone. */
async function evaluate({ done }: Programme, id: string): Promise<void> {
  const ofOffices = { programme: id, on: '2032-01-10', version: 1 };
  const draft = {
    programme: id,
    summary: 'First words.',
    findings: [{ title: 'Shelters', text: 'They share a telephone number.', sector: 'NGO' }],
    recommendations: ['More time.'],
    version: 0,
  };
  await done('nbnp', 'draftEvaluation', draft);
  await done('ncm', 'draftOfficeEvaluation', draft);
  await done('ncm', 'signOfficeEvaluation', ofOffices);
  await done('ncm', 'withdrawOfficeSignature', ofOffices);
  const ofNetwork = { programme: id, summary: 'Seen.', on: '2032-01-12' };
  await done('nbnp', 'signEvaluation', { ...ofNetwork, version: 1 });
  await done('nbnp', 'withdrawEvaluationSignature', { id, on: '2032-01-12', version: 2 });
  await done('ncm', 'signOfficeEvaluation', ofOffices);
  await done('nbnp', 'signEvaluation', ofNetwork);
}
