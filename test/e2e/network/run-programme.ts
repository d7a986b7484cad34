import type { Answer, Ask, Asker, Tree } from './open-hub.js';
import type { OpenNetwork } from './open-network.js';

/** What became of a mutation: its payload, or why it was refused. */
export interface Outcome {
  readonly payload: Tree;
  readonly code: string | undefined;
  readonly rule: string | undefined;
  readonly argument: string | undefined;
  readonly currentVersion: number | undefined;
  readonly answer: Answer;
}

export type Input = Readonly<Record<string, unknown>>;

export interface Programme {
  /** Calls a mutation with its `input`, as a co-ordinator of an organisation. An empty selection is for a Boolean. */
  call(organisation: string, mutation: string, input: Input, selection?: string): Promise<Outcome>;
  /** As `call`, where the test goes on with what is returned. @throws when it is refused */
  done(organisation: string, mutation: string, input: Input, selection?: string): Promise<Tree>;
  /** A group as its own network’s co-ordinator reads it. */
  group(id: string, selection: string): Promise<Tree>;
  /** The version of a record that a root field leads to. */
  versionOf(field: string, id: string): Promise<number>;
}

/** The type of a mutation’s input: `createGroup` takes a `CreateGroupInput`, and some take one of another name. */
const otherInputs: Readonly<Record<string, string>> = {
  recordDeparture: 'RecordDateInput',
  recordReturn: 'RecordDateInput',
  recordGroupAttendance: 'RecordAttendanceInput',
  recordDelegatesAttendance: 'RecordAttendanceInput',
  recordGroupBriefing: 'RecordDateInput',
  holdDelegateData: 'HoldPersonalDataInput',
  holdNetworkData: 'HoldPersonalDataInput',
  holdPoliceData: 'HoldPersonalDataInput',
  recordGroupDebriefing: 'RecordDateInput',
  withdrawEvaluationSignature: 'RecordDateInput',
  withdrawOfficeSignature: 'SignOfficeEvaluationInput',
  selectDelegate: 'DecideNominationInput',
  declineDelegate: 'DecideNominationInput',
  withdrawDelegate: 'DecideNominationInput',
  recordDelegatesBriefing: 'RecordMeetingInput',
  recordDelegatesDebriefing: 'RecordMeetingInput',
  correctOfficerReport: 'HandInOfficerReportInput',
  correctDelegateReport: 'HandInDelegateReportInput',
  confirmHosting: 'DecideHostingInput',
  withdrawHosting: 'DecideHostingInput',
  confirmRegionalHosting: 'DecideRegionalHostingInput',
  withdrawRegionalHosting: 'DecideRegionalHostingInput',
};

const asParticipant = (her: ReturnType<typeof participantIn>) =>
  her && { ...her, role: 'participant' as const };

const inputOf = (mutation: string): string =>
  otherInputs[mutation] ?? `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;

/** The participant who calls a mutation that people do themselves: the one whom its input names. */
export function participantIn(
  mutation: string,
  input: Input,
): { readonly organisation: string; readonly person: string } | undefined {
  if (!/^(acknowledgeInformation|say\w+FormalityDone|share\w+Contact)$/.test(mutation))
    return undefined;
  const person = String(input['participant'] ?? input['officer'] ?? input['delegate']);
  return { organisation: person.slice(0, person.indexOf(':')), person };
}

/** Runs the programme through a hub alone. */
function runProgramme(ask: Ask, role: Asker['role'] = 'coordinator'): Programme {
  const call: Programme['call'] = async (organisation, mutation, input, selection = 'id') => {
    const fields = selection === '' ? '' : `{ ${selection} }`;
    const answer = await ask(
      `mutation ($input: ${inputOf(mutation)}!) { done: ${mutation}(input: $input) ${fields} }`,
      { input },
      { organisation, role, ...asParticipant(participantIn(mutation, input)) },
    );
    const error = answer.errors?.find(({ path }) => path?.length === 1 || path === undefined);
    const extensions = (error?.extensions ?? {}) as Partial<Outcome>;
    const { code, rule, argument, currentVersion } = extensions;
    return { payload: answer.data?.done ?? null, code, rule, argument, currentVersion, answer };
  };
  const read = async (query: string, id: string): Promise<Tree> =>
    (await ask(query, { id }, { organisation: 'nbnp', role: 'coordinator' })).data;
  return {
    call,
    async done(organisation, mutation, input, selection) {
      const { payload, answer } = await call(organisation, mutation, input, selection);
      if (payload === null || answer.errors) {
        throw new Error(`${mutation} ${JSON.stringify(input)}: ${JSON.stringify(answer.errors)}`);
      }
      return payload;
    },
    group: async (id, selection) =>
      (await read(`query ($id: ID!) { group(id: $id) { ${selection} } }`, id)).group,
    versionOf: async (field, id) =>
      (await read(`query ($id: ID!) { one: ${field}(id: $id) { version } }`, id)).one.version,
  };
}

/** The plan of the programmes of these tests: years that lie ahead, and groups small enough to read. */
export const plan = {
  title: 'Programme of the years 2031 and 2032',
  startsOn: '2031',
  endsOn: '2032',
  plannedGroups: 2,
  groupSizeMin: 2,
  groupSizeMax: 3,
  targetGroups: ['POLICE', 'PROSECUTION'],
  sectorsToShow: ['POLICE', 'SOCIAL', 'NGO'],
  workingLanguages: ['en', 'ru'],
} as const;

/** A delegate of the office in St. Petersburg, nominated for a group. */
export async function nominateDelegate(
  programme: Programme,
  group: string,
  name: string,
  details: Input = {},
) {
  const delegate = await programme.done('ncm', 'registerDelegate', {
    isRehearsal: false,
    ...details,
    office: 'ncm:led',
    name,
    targetGroup: 'POLICE',
    region: 'RU-KR',
    languages: ['ru', 'en'],
  });
  const nomination = await programme.done(
    'ncm',
    'nominateDelegate',
    { group, delegate: delegate.id, on: '2031-01-15', motivation: 'Works on such cases.' },
    'id version',
  );
  return { delegate: delegate.id as string, nomination: nomination.id as string };
}

export const selectDelegate = (programme: Programme, nomination: string) =>
  programme.call('ncm', 'selectDelegate', {
    nomination,
    on: '2031-02-01',
    localAuthority: 'Administration of the Republic of Karelia',
    version: 1,
  });

/** An officer of a police, nominated for a group. */
export async function nominateOfficer(
  programme: Programme,
  police: string,
  unit: string,
  group: string,
  details: Input = {},
) {
  const officer = await programme.done(police, 'registerOfficer', {
    isRehearsal: false,
    ...details,
    unit,
    name: `An officer of ${police}`,
    targetGroup: 'POLICE',
    languages: ['en'],
    // Stories name several alike.
    isAnother: true,
  });
  const nomination = await programme.done(police, 'nominateOfficer', {
    group,
    officer: officer.id,
    on: '2031-01-15',
    motivation: 'She works with victims.',
  });
  return { officer: officer.id as string, nomination: nomination.id as string };
}

/** Accepts a nominee on whom nobody has decided. */
export async function acceptOfficer(
  programme: Programme,
  group: string,
  { officer, nomination }: { readonly officer: string; readonly nomination: string },
) {
  return programme.call('nbnp', 'acceptOfficer', {
    group,
    officer,
    nomination,
    on: '2031-02-01',
    version: 1,
  });
}

/**
 * Opens the office in St. Petersburg, which closed in 2015, for programmes of the years ahead: only
 * an open office co-ordinates, confirms and meets.
 */
export async function reopenOffice(network: Pick<OpenNetwork, 'ask'>): Promise<void> {
  const { done, versionOf } = runIn(network);
  const [office, source] = ['ncm:led', 'https://www.norden.org/en/offices'];
  const version = await versionOf('office', office);
  const open = { office, closedOn: null, source, on: '2026-01-10', version };
  await done('ncm', 'closeOffice', open);
}

/** Who runs the network of a test. */
export const runIn = ({ ask }: Pick<OpenNetwork, 'ask'>, role?: Asker['role']): Programme =>
  runProgramme(ask, role);
