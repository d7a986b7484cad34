import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
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

const formalities = ['INVITATION_LETTER', 'VISA', 'TICKET', 'INSURANCE', 'CONSENT'];

/** A programme, and what waits for whom in it. */
interface Watched extends Programme {
  readonly id: string;
  /** The tasks of an organisation: kind and subject. */
  waiting(organisation: string): Promise<string[]>;
  /** Does what waits for an organisation: it waited before, and does not afterwards. */
  finish<Result>(
    organisation: string,
    task: `${string} ${string}`,
    act: () => Promise<Result>,
  ): Promise<Result>;
  /** Calls a mutation of the network with the version of a record as it is. */
  record(
    mutation: string,
    field: 'group' | 'visit',
    id: string,
    input: Input,
    argument?: string,
  ): Promise<void>;
  erase(organisation: string, mutation: string, id: string): Promise<void>;
}

const askTasks = (network: OpenNetwork, organisation: string) =>
  network.ask(
    '{ tasks(first: 1000) { totalCount nodes { kind subject } } }',
    {},
    { organisation, role: 'coordinator' },
  );
const namesOf = (tasks: Tree): string[] =>
  (tasks.nodes as Tree[]).map(({ kind, subject }) => `${kind} ${subject}`);

async function watch(network: OpenNetwork): Promise<Watched> {
  const programme = runIn(network);
  const waiting = async (organisation: string) => {
    const { data, errors } = await askTasks(network, organisation);
    expect(errors).toBeUndefined();
    return namesOf(data.tasks);
  };
  return {
    ...programme,
    id: (await programme.done('nbnp', 'createProgramme', plan)).id as string,
    waiting,
    async finish(organisation, task, act) {
      expect(await waiting(organisation)).toContain(task);
      const result = await act();
      expect(await waiting(organisation)).not.toContain(task);
      return result;
    },
    async record(mutation, field, id, input, argument = 'id') {
      const version = await programme.versionOf(field, id);
      await programme.done('nbnp', mutation, { ...input, [argument]: id, version });
    },
    async erase(organisation, mutation, id) {
      const query = `mutation ($id: ID!) { erased: ${mutation}(id: $id) }`;
      const { data } = await network.ask(query, { id }, { organisation, role: 'coordinator' });
      expect(data).toEqual({ erased: true });
    },
  };
}

async function createGroup({ done, id }: Watched, direction: string): Promise<string> {
  const input = { programme: id, direction, plannedSize: 2, coordinatingOffice: 'ncm:led' };
  return (await done('nbnp', 'createGroup', { ...input, name: direction })).id as string;
}

/** Finland hosts a visit, with a stop and an expert. */
async function prepareHost({ done, finish }: Watched, visit: string): Promise<void> {
  const unit = 'fi:npb';
  const { id: hosting } = await finish('fi', `OFFER_HOSTING ${visit}`, () =>
    done('fi', 'offerHosting', { unit, visit }),
  );
  await finish('fi', `CONFIRM_HOSTING ${hosting}`, () =>
    done('fi', 'confirmHosting', { hosting, on: '2031-03-01' }),
  );
  const planned = { visit, hostCountry: 'FI', title: 'A day', sector: 'POLICE' };
  const { id: stop } = await done('nbnp', 'addItineraryStop', { ...planned, day: '2031-05-05' });
  const confirm = (stopVersion: number) =>
    done('fi', 'confirmStop', { unit, stop, on: '2031-03-01', stopVersion });
  await finish('fi', `CONFIRM_STOP ${stop}`, () => confirm(1));
  await done('nbnp', 'moveItineraryStop', { stop, day: '2031-05-06', version: 1 });
  await finish('fi', `CONFIRM_STOP ${stop}`, () => confirm(2));
  const skills = { roles: ['EXPERT'], languages: ['fi'], fields: ['POLICE'] };
  const { id: expert } = await done('fi', 'registerExpert', { unit, name: 'E', ...skills });
  const request = { visit, expert, role: 'EXPERT', languages: ['fi'] };
  const { experts } = await done('nbnp', 'assignExpert', request, 'id experts { id }');
  const assignment = experts[0].id as string;
  await finish('fi', `DECIDE_LOAN ${assignment}`, () =>
    done('fi', 'decideExpertLoan', { expert, assignment, grant: true, on: '2031-03-01' }),
  );
}

/** Delegates from North-West Russia visit Finland. */
async function runNorth(watched: Watched): Promise<void> {
  const { done, finish, record, waiting, erase } = watched;
  const group = await createGroup(watched, 'NORTH_WEST_RUSSIA_TO_NORDIC');
  const nominate = (name: string) => nominateDelegate(watched, group, name);
  const [first, second, third] = [await nominate('A'), await nominate('B'), await nominate('C')];
  for (const { nomination } of [first, second])
    await finish('ncm', `DECIDE_NOMINATION ${nomination}`, () =>
      selectDelegate(watched, nomination),
    );
  const declined = { on: '2031-02-01', reason: 'Ill.', version: 1 };
  const { nomination } = third;
  await finish('ncm', `DECIDE_NOMINATION ${nomination}`, () =>
    done('ncm', 'declineDelegate', { nomination, ...declined }),
  );
  const days = { startsOn: '2031-05-04', endsOn: '2031-05-09' };
  const planned = { group, title: 'A week in Finland', hostCountries: ['FI'], ...days };
  const visit = (await done('nbnp', 'scheduleVisit', planned)).id as string;
  await prepareHost(watched, visit);
  for (const { delegate } of [first, second])
    await finish('ncm', `COMPLETE_FORMALITIES ${delegate}`, async () => {
      for (const kind of formalities) {
        expect(await waiting('ncm')).toContain(`COMPLETE_FORMALITIES ${delegate}`);
        const formality = { delegate, group, kind, status: 'RECEIVED', on: '2031-03-01' };
        await done('ncm', 'recordDelegateFormality', formality);
      }
    });
  const meeting = { group, office: 'ncm:led', place: 'Petrozavodsk' };
  await finish('ncm', `BRIEF_GROUP ${group}`, () =>
    done('ncm', 'recordDelegatesMeeting', { ...meeting, kind: 'BRIEFING', on: '2031-04-20' }),
  );
  await record('recordDeparture', 'visit', visit, { on: '2031-05-04' });
  await record('recordReturn', 'visit', visit, { on: '2031-05-09' });
  await finish('ncm', `DEBRIEF_GROUP ${group}`, () =>
    done('ncm', 'recordDelegatesMeeting', { ...meeting, kind: 'DEBRIEFING', on: '2031-05-30' }),
  );
  const { delegate } = first;
  const report = { delegate, group, visit, on: '2031-06-01', text: 'What I saw.' };
  await finish('ncm', `HAND_IN_REPORT ${delegate}`, () =>
    done('ncm', 'handInDelegateReport', report),
  );
  // Of somebody who was erased nothing can be handed in.
  await finish('ncm', `HAND_IN_REPORT ${second.delegate}`, () =>
    erase('ncm', 'eraseDelegate', second.delegate),
  );
}

/** The offices host a visit to Russia, with a stop. */
async function prepareOffices({ done, finish }: Watched, visit: string): Promise<void> {
  const office = 'ncm:led';
  const { id: hosting } = await finish('ncm', `OFFER_HOSTING ${visit}`, () =>
    done('ncm', 'offerRegionalHosting', { office, visit }),
  );
  await finish('ncm', `CONFIRM_HOSTING ${hosting}`, () =>
    done('ncm', 'confirmRegionalHosting', { hosting, on: '2031-06-01', version: 1 }),
  );
  const planned = { visit, hostCountry: 'RU', title: 'A day', sector: 'SOCIAL' };
  const { id: stop } = await done('nbnp', 'addItineraryStop', { ...planned, day: '2031-09-08' });
  await finish('ncm', `CONFIRM_STOP ${stop}`, () =>
    done('ncm', 'confirmRegionalStop', { stop, office, on: '2031-06-01', stopVersion: 1 }),
  );
}

/** Officers of Denmark and Sweden visit North-West Russia; the Swedish one falls ill before. */
async function runSouth(watched: Watched): Promise<void> {
  const { done, finish, record, waiting } = watched;
  const group = await createGroup(watched, 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA');
  const nominate = (police: string, unit: string) => nominateOfficer(watched, police, unit, group);
  const danish = await nominate('dk', 'dk:police');
  const swedish = await nominate('se', 'se:npb');
  for (const member of [danish, swedish])
    await finish('nbnp', `DECIDE_NOMINATION ${member.nomination}`, () =>
      acceptOfficer(watched, group, member),
    );
  const [declined, withdrawn] = [
    await nominate('dk', 'dk:police'),
    await nominate('dk', 'dk:police'),
  ];
  const decision = { ...declined, group, on: '2031-02-01', reason: 'Ill.', version: 1 };
  await finish('nbnp', `DECIDE_NOMINATION ${declined.nomination}`, () =>
    done('nbnp', 'declineOfficer', decision),
  );
  const { nomination } = withdrawn;
  await finish('nbnp', `DECIDE_NOMINATION ${nomination}`, () =>
    done('dk', 'withdrawOfficer', { nomination, on: '2031-02-01', version: 1 }),
  );
  const days = { startsOn: '2031-09-07', endsOn: '2031-09-12' };
  const planned = { group, title: 'A week in Russia', hostCountries: ['RU'], ...days };
  const visit = (await done('nbnp', 'scheduleVisit', planned)).id as string;
  await prepareOffices(watched, visit);
  const { officer } = danish;
  await finish('dk', `COMPLETE_FORMALITIES ${officer}`, async () => {
    for (const kind of formalities) {
      const formality = { officer, group, kind, status: 'NOT_NEEDED', on: '2031-03-01' };
      await done('dk', 'recordOfficerFormality', formality);
    }
  });
  const absence = { visit, participant: swedish.officer, from: '2031-09-07', reason: 'ILLNESS' };
  await finish('se', `COMPLETE_FORMALITIES ${swedish.officer}`, () =>
    record('recordAbsence', 'group', group, absence, 'group'),
  );
  await record('recordDeparture', 'visit', visit, { on: '2031-09-07' });
  await record('recordReturn', 'visit', visit, { on: '2031-09-12' });
  await finish('nbnp', `DEBRIEF_GROUP ${group}`, () =>
    record('recordGroupDebriefing', 'group', group, { on: '2031-10-01' }),
  );
  const report = { officer, group, visit, on: '2031-10-05', text: 'What I saw.' };
  await finish('dk', `HAND_IN_REPORT ${officer}`, () => done('dk', 'handInOfficerReport', report));
  expect(await waiting('se')).toEqual([]);
}

/** Each side writes its part of the evaluation, and then signs. */
async function evaluate({ id: programme, done, finish, waiting }: Watched): Promise<void> {
  const draft = { programme, summary: 'It went well.', version: 0 };
  const signature = { programme, on: '2032-01-10' };
  await finish('nbnp', `DRAFT_EVALUATION ${programme}`, () =>
    done('nbnp', 'draftEvaluation', draft),
  );
  await finish('nbnp', `SIGN_EVALUATION ${programme}`, () =>
    done('nbnp', 'signEvaluation', signature),
  );
  await finish('ncm', `DRAFT_EVALUATION ${programme}`, () =>
    done('ncm', 'draftOfficeEvaluation', draft),
  );
  await finish('ncm', `SIGN_EVALUATION ${programme}`, () =>
    done('ncm', 'signOfficeEvaluation', signature),
  );
  for (const organisation of ['nbnp', 'ncm', 'fi', 'dk'])
    expect(await waiting(organisation), organisation).toEqual([]);
}

/** After all that the programme records, and before the last visit that it plans. */
const clock = () => new Date('2032-12-15T12:00:00Z');

describe('the tasks of a programme, through the hub', () => {
  let network: OpenNetwork;

  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true, clock });
    await reopenOffice(network);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('stay until the mutations of their organisations complete them', async () => {
    const watched = await watch(network);
    await runNorth(watched);
    await runSouth(watched);
    await evaluate(watched);
  });

  it('are left out while their police force is unavailable, which is named to those concerned', async () => {
    const watched = await watch(network);
    const group = await createGroup(watched, 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA');
    const danish = await nominateOfficer(watched, 'dk', 'dk:police', group);
    const swedish = await nominateOfficer(watched, 'se', 'se:npb', group);
    const accepted = [
      await nominateOfficer(watched, 'dk', 'dk:police', group),
      await nominateOfficer(watched, 'se', 'se:npb', group),
    ] as const;
    for (const member of accepted) await acceptOfficer(watched, group, member);
    const { id: visit } = await watched.done('nbnp', 'scheduleVisit', {
      group,
      title: 'A week in Russia',
      hostCountries: ['RU'],
      startsOn: '2032-12-20',
      endsOn: '2032-12-25',
    });
    const toDecide = [danish, swedish].map(({ nomination }) => `DECIDE_NOMINATION ${nomination}`);
    const [ofDenmark, ofSweden] = accepted.map(({ officer }) => `COMPLETE_FORMALITIES ${officer}`);
    const toAdd = `ADD_STOP ${visit as string}`;
    expect(await watched.waiting('nbnp')).toEqual([...toDecide, toAdd]);
    expect(await watched.waiting('se')).toEqual([ofSweden]);

    await network.stop('se');
    try {
      for (const [organisation, left] of [
        ['nbnp', [toDecide[0], toAdd]],
        ['se', []],
      ] as const) {
        const { data, errors, extensions } = await askTasks(network, organisation);
        expect(namesOf(data.tasks)).toEqual(left);
        const missing = { code: 'PARTNER_UNAVAILABLE', partner: 'se' };
        expect(errors).toMatchObject([{ path: ['tasks'], extensions: missing }]);
        expect(extensions.completeness).toMatchObject({
          complete: false,
          partners: { se: { status: 'UNAVAILABLE' } },
        });
      }
      // No task of Denmark's depends on Sweden.
      expect(await watched.waiting('dk')).toEqual([ofDenmark]);
    } finally {
      await network.start('se');
    }
    expect(await watched.waiting('se')).toEqual([ofSweden]);
  });
});
