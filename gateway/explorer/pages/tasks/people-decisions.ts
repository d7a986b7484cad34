import { ownerOf } from '../../client/why-null.ts';
import type { TargetGroup, TaskKind } from '../../generated/graphql.ts';
import { openFormalities } from '../../parts/formalities.ts';
import { t } from '../../words/language.ts';
import {
  isOffices,
  toOptions,
  toPeople,
  type Decide,
  type Decision,
  type Facts,
  type Task,
} from './decision.ts';

interface Candidate {
  readonly id: string;
  readonly isRehearsal: boolean;
  readonly name: string | null;
  readonly targetGroup: TargetGroup | null;
}

/** People of the programme’s target groups. */
function nominate(
  { subject: group, ...task }: Task,
  facts: Facts,
  organisation: string,
): Decision[] {
  const targetGroups = facts.group?.programme.targetGroups;
  if (!targetGroups) return [];
  const toCandidates = (rows: readonly Candidate[] | undefined) =>
    toPeople(
      { ...task, subject: group },
      rows?.filter(({ targetGroup }) => targetGroup && targetGroups.includes(targetGroup)),
    );
  return organisation === 'ncm'
    ? [
        {
          label: 'tasks.nominate',
          mutation: 'nominateDelegate',
          fixed: { group },
          options: { delegate: toCandidates(facts.delegates?.nodes) },
        },
      ]
    : [
        {
          label: 'tasks.nominate',
          mutation: 'nominateOfficer',
          fixed: { group },
          options: { officer: toCandidates(facts.officers?.nodes) },
        },
      ];
}

function decideNomination({ subject, group }: Task, facts: Facts): readonly Decision[] {
  if (isOffices(subject)) {
    const found = facts.selecting?.delegateNominations?.find(({ id }) => id === subject);
    if (!found) return [];
    const fixed = { nomination: subject, version: found.version };
    const whom = found.delegate.name ?? undefined;
    const organisations = facts.sides?.from.selectors?.filter(
      (one) => one && ownerOf(one.id) === 'nbnp',
    );
    const select = {
      whom,
      mutation: 'selectDelegate',
      ...(organisations?.length && { options: { authority: toOptions(organisations) } }),
    } as const;
    const chosen = { ...fixed, reason: undefined };
    return [
      { ...select, label: 'tasks.select', fixed: { ...chosen, reserve: false } },
      {
        ...select,
        label: 'tasks.selectReserve',
        lead: 'selectReserve',
        fixed: { ...chosen, reserve: true },
      },
      {
        label: 'tasks.decline',
        whom,
        mutation: 'declineDelegate',
        fixed: {
          ...fixed,
          localAuthority: undefined,
          authority: undefined,
          reserve: undefined,
          replaces: undefined,
        },
        required: ['reason'],
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
  // Her name follows with what is read of her alone: that of the others of the group may not be read.
  return [
    { label: 'tasks.accept', mutation: 'acceptOfficer', fixed: { ...fixed, reserve: false } },
    {
      label: 'tasks.acceptReserve',
      lead: 'acceptReserve',
      mutation: 'acceptOfficer',
      fixed: { ...fixed, reserve: true },
    },
    { label: 'tasks.decline', mutation: 'declineOfficer', fixed, required: ['reason'] },
  ];
}

/** Each formality has a version of its own: which one is sent follows from the kind. */
function recordFormality({ subject, group }: Task, { officer, delegate }: Facts): Decision[] {
  const recorded = (isOffices(subject) ? delegate : officer)?.formalities;
  if (!recorded) return [];
  const common = {
    label: 'tasks.record',
    send: 'form.saveFormalities',
    options: {
      kind: openFormalities(recorded).map((kind) => ({
        value: kind,
        label: t(`formalityKinds.${kind}`),
      })),
    },
    complete: (values: Record<string, unknown>) => ({
      ...values,
      version: recorded.find(({ kind }) => kind === values['kind'])?.version ?? 0,
    }),
  } as const;
  const fixed = { group: group?.id, version: undefined };
  return isOffices(subject)
    ? [{ ...common, mutation: 'recordDelegateFormality', fixed: { ...fixed, delegate: subject } }]
    : [{ ...common, mutation: 'recordOfficerFormality', fixed: { ...fixed, officer: subject } }];
}

const handInReport: Decide = ({ subject, group, visit }) => {
  // There is no task once a report is handed in: another one is no correction of it.
  const fixed = { group: group?.id, visit: visit?.id, version: 0 };
  return isOffices(subject)
    ? [
        {
          label: 'tasks.handIn',
          send: 'taskKinds.HAND_IN_REPORT',
          mutation: 'handInDelegateReport',
          fixed: { ...fixed, delegate: subject },
        },
      ]
    : [
        {
          label: 'tasks.handIn',
          send: 'taskKinds.HAND_IN_REPORT',
          mutation: 'handInOfficerReport',
          fixed: { ...fixed, officer: subject },
        },
      ];
};

/** What is decided on people, and recorded of them. */
export const peopleDecisions = {
  NOMINATE: nominate,
  DECIDE_NOMINATION: decideNomination,
  COMPLETE_FORMALITIES: recordFormality,
  HAND_IN_REPORT: handInReport,
} satisfies Partial<Record<TaskKind, Decide>>;
