import { ownerOf } from '../../client/why-null.ts';
import type { PageTaskFactsQuery, PageTasksQuery, TaskKind } from '../../generated/graphql.ts';
import type { Option } from '../../parts/form/input-field.ts';
import type { WordKey } from '../../words/language.ts';
import type { mutations } from './mutations.ts';

export type Task = NonNullable<PageTasksQuery['tasks']>['nodes'][number];
export type Facts = PageTaskFactsQuery;
type MutationName = keyof typeof mutations;

/** One way to do what a task asks for. */
export interface Decision {
  readonly label: WordKey;
  readonly mutation: MutationName;
  /** What the task and its record already say. The form asks for the rest. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, readonly Option[]>>;
  readonly initial?: Readonly<Record<string, string>>;
}

/** Whether the offices own a record. All others of these tasks are those of a police force. */
export const isOffices = (id: string): boolean => ownerOf(id) === 'ncm';

type Named = { readonly id: string; readonly name?: string | null };
const toOptions = (rows: readonly (Named | null)[] | null | undefined): Option[] =>
  (rows ?? []).flatMap((row) => (row ? [{ value: row.id, label: row.name ?? row.id }] : []));

/** The open offices in Russia. Only a rehearsal can use one that was made for rehearsals. */
const toOffices = ({ isRehearsal }: Task, { offices }: Facts): Option[] =>
  toOptions(
    offices
      ?.filter(
        (office) =>
          office.country === 'RU' &&
          office.closedOn === null &&
          (isRehearsal || !office.isRehearsal),
      )
      .map(({ id, name, city }) => ({ id, name: city === null ? name : `${name}, ${city}` })),
  );

type Decide = (task: Task, facts: Facts, organisation: string) => readonly Decision[];

function decideNomination({ subject, group }: Task, facts: Facts): readonly Decision[] {
  if (isOffices(subject)) {
    const found = facts.selecting?.delegateNominations?.find(({ id }) => id === subject);
    if (!found) return [];
    const fixed = { nomination: subject, version: found.version };
    return [
      { label: 'tasks.select', mutation: 'selectDelegate', fixed: { ...fixed, reason: undefined } },
      {
        label: 'tasks.decline',
        mutation: 'declineDelegate',
        fixed: {
          ...fixed,
          localAuthority: undefined,
          authority: undefined,
          reserve: undefined,
          replaces: undefined,
        },
      },
    ];
  }
  const found = facts.nominating?.officerNominations?.find(({ id }) => id === subject);
  if (!found) return [];
  const { version, decisionVersion, officer } = found;
  const fixed = {
    group: group?.id,
    nomination: subject,
    officer: officer.id,
    version,
    decisionVersion: decisionVersion ?? 0,
  };
  return [
    { label: 'tasks.accept', mutation: 'acceptOfficer', fixed },
    { label: 'tasks.decline', mutation: 'declineOfficer', fixed },
  ];
}

function confirmStop(task: Task, facts: Facts, organisation: string): readonly Decision[] {
  const { version } = facts.itineraryStop ?? {};
  if (version === undefined) return [];
  const fixed = { stop: task.subject, stopVersion: version };
  return organisation === 'ncm'
    ? [
        {
          label: 'tasks.confirm',
          mutation: 'confirmRegionalStop',
          fixed,
          options: { office: toOffices(task, facts) },
        },
      ]
    : [
        {
          label: 'tasks.confirm',
          mutation: 'confirmStop',
          fixed,
          options: { unit: toOptions(facts.policeUnits) },
        },
      ];
}

function decideLoan({ subject }: Task, facts: Facts): readonly Decision[] {
  const found = facts.lending?.experts?.find(({ id }) => id === subject);
  const expert = found?.expert?.id;
  if (expert === undefined) return [];
  const fixed = { assignment: subject, expert };
  return [
    {
      label: 'tasks.lend',
      mutation: 'decideExpertLoan',
      fixed: { ...fixed, grant: true, reason: undefined },
    },
    { label: 'tasks.refuse', mutation: 'decideExpertLoan', fixed: { ...fixed, grant: false } },
  ];
}

function offerHosting(task: Task, facts: Facts, organisation: string): readonly Decision[] {
  const fixed = { visit: task.subject };
  return organisation === 'ncm'
    ? [
        {
          label: 'tasks.offer',
          mutation: 'offerRegionalHosting',
          fixed,
          options: { office: toOffices(task, facts) },
        },
      ]
    : [
        {
          label: 'tasks.offer',
          mutation: 'offerHosting',
          fixed,
          options: { unit: toOptions(facts.policeUnits) },
        },
      ];
}

function confirmHosting({ subject: hosting }: Task, facts: Facts): readonly Decision[] {
  const regional = facts.hosting?.regionalHostings?.find(({ id }) => id === hosting);
  if (regional) {
    const fixed = { hosting, version: regional.version };
    return [
      { label: 'tasks.confirm', mutation: 'confirmRegionalHosting', fixed },
      { label: 'tasks.withdraw', mutation: 'withdrawRegionalHosting', fixed },
    ];
  }
  return [
    { label: 'tasks.confirm', mutation: 'confirmHosting', fixed: { hosting } },
    { label: 'tasks.withdraw', mutation: 'withdrawHosting', fixed: { hosting } },
  ];
}

const recordFormality: Decide = ({ subject, group }) =>
  isOffices(subject)
    ? [
        {
          label: 'tasks.record',
          mutation: 'recordDelegateFormality',
          fixed: { delegate: subject, group: group?.id, version: undefined },
        },
      ]
    : [
        {
          label: 'tasks.record',
          mutation: 'recordOfficerFormality',
          fixed: { officer: subject, group: group?.id, version: undefined },
        },
      ];

const recordMeeting =
  (kind: 'BRIEFING' | 'DEBRIEFING'): Decide =>
  (task, facts, organisation) => {
    const attendees = toOptions(facts.group?.members);
    const fixed = { group: task.subject, kind };
    if (organisation === 'ncm')
      return [
        {
          label: 'tasks.record',
          mutation: 'recordDelegatesMeeting',
          // There is no task once the meeting is recorded.
          fixed: { ...fixed, version: 0 },
          options: { office: toOffices(task, facts), attendees },
        },
      ];
    const { version } = facts.group ?? {};
    if (version === undefined) return [];
    return [
      {
        label: 'tasks.record',
        mutation: 'recordGroupMeeting',
        fixed: { ...fixed, version },
        options: { attendees },
      },
    ];
  };

const recordDay =
  (mutation: 'recordDeparture' | 'recordReturn'): Decide =>
  ({ subject: id }, { visit }) =>
    visit ? [{ label: 'tasks.record', mutation, fixed: { id, version: visit.version } }] : [];

const handInReport: Decide = ({ subject, group, visit }) => {
  const fixed = { group: group?.id, visit: visit?.id, version: undefined };
  return isOffices(subject)
    ? [
        {
          label: 'tasks.handIn',
          mutation: 'handInDelegateReport',
          fixed: { ...fixed, delegate: subject },
        },
      ]
    : [
        {
          label: 'tasks.handIn',
          mutation: 'handInOfficerReport',
          fixed: { ...fixed, officer: subject },
        },
      ];
};

const draftEvaluation: Decide = ({ subject: programme }, facts, organisation) =>
  organisation === 'ncm'
    ? [
        {
          label: 'tasks.draft',
          mutation: 'draftOfficeEvaluation',
          fixed: { programme, version: facts.programme?.officeEvaluationVersion ?? 0 },
          initial: { summary: facts.programme?.officeEvaluationSummary ?? '' },
        },
      ]
    : [
        {
          label: 'tasks.draft',
          mutation: 'draftEvaluation',
          fixed: { programme, version: facts.programme?.evaluation?.version ?? 0 },
          initial: { summary: facts.programme?.evaluation?.summary ?? '' },
        },
      ];

const signEvaluation: Decide = ({ subject: programme }, facts, organisation) => [
  organisation === 'ncm'
    ? { label: 'tasks.sign', mutation: 'signOfficeEvaluation', fixed: { programme } }
    : {
        label: 'tasks.sign',
        mutation: 'signEvaluation',
        fixed: { programme, version: facts.programme?.evaluation?.version ?? 0 },
      },
];

/** What can be decided, by kind of task. */
const decide: Readonly<Record<TaskKind, Decide>> = {
  DECIDE_NOMINATION: decideNomination,
  CONFIRM_STOP: confirmStop,
  DECIDE_LOAN: decideLoan,
  OFFER_HOSTING: offerHosting,
  CONFIRM_HOSTING: confirmHosting,
  // What to do then depends on the visit or group, which the task links to.
  NOMINATE: () => [],
  PLAN_VISIT: () => [],
  ADD_STOP: () => [],
  REPLACE_HOST: () => [],
  REPLACE_EXPERT: () => [],
  COMPLETE_FORMALITIES: recordFormality,
  BRIEF_GROUP: recordMeeting('BRIEFING'),
  DEBRIEF_GROUP: recordMeeting('DEBRIEFING'),
  RECORD_DEPARTURE: recordDay('recordDeparture'),
  RECORD_RETURN: recordDay('recordReturn'),
  HAND_IN_REPORT: handInReport,
  DRAFT_EVALUATION: draftEvaluation,
  SIGN_EVALUATION: signEvaluation,
};

/** The ways to do a task. None if its record cannot be read now. */
export const listDecisions: Decide = (task, facts, organisation) =>
  decide[task.kind](task, facts, organisation);
