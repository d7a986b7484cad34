import type { TaskKind } from '../../generated/graphql.ts';
import { type Decide, toOffices, toOptions } from './decision.ts';
import { peopleDecisions } from './people-decisions.ts';
import { visitDecisions } from './visit-decisions.ts';

const recordMeeting =
  (kind: 'BRIEFING' | 'DEBRIEFING'): Decide =>
  (task, facts, organisation) => {
    const send = `plan.${kind}` as const;
    const attendees = toOptions(facts.group?.members);
    // There is no task once the meeting is recorded, and so no version of it.
    const fixed = { group: task.subject, kind };
    if (organisation === 'ncm')
      return [
        {
          label: 'tasks.record',
          send,
          mutation: 'recordDelegatesMeeting',
          fixed: { ...fixed, version: 0 },
          options: { office: toOffices(task, facts, facts.sides?.from.coordinators), attendees },
        },
      ];
    const { version } = facts.group ?? {};
    if (version === undefined) return [];
    return [
      {
        label: 'tasks.record',
        send,
        mutation: 'recordGroupMeeting',
        fixed: { ...fixed, version, meetingVersion: 0 },
        options: { attendees },
      },
    ];
  };

const draftEvaluation: Decide = ({ subject: programme }, facts, organisation) =>
  organisation === 'ncm'
    ? [
        {
          label: 'tasks.draft',
          mutation: 'draftOfficeEvaluation',
          fixed: { programme, version: facts.programme?.officeEvaluation?.version ?? 0 },
          initial: { summary: facts.programme?.officeEvaluation?.summary ?? '' },
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
    ? {
        label: 'tasks.sign',
        mutation: 'signOfficeEvaluation',
        fixed: { programme, version: facts.programme?.officeEvaluation?.version ?? 0 },
      }
    : {
        label: 'tasks.sign',
        mutation: 'signEvaluation',
        fixed: { programme, version: facts.programme?.evaluation?.version ?? 0 },
      },
];

/** What is recorded of groups, and what is written of programmes. */
const groupDecisions = {
  BRIEF_GROUP: recordMeeting('BRIEFING'),
  DEBRIEF_GROUP: recordMeeting('DEBRIEFING'),
  DRAFT_EVALUATION: draftEvaluation,
  SIGN_EVALUATION: signEvaluation,
} satisfies Partial<Record<TaskKind, Decide>>;

/** What can be decided, by kind of task. */
const decide: Readonly<Record<TaskKind, Decide>> = {
  ...peopleDecisions,
  ...visitDecisions,
  ...groupDecisions,
};

/** The ways to do a task. None if its record cannot be read now. */
export const listDecisions: Decide = (task, facts, organisation) =>
  decide[task.kind](task, facts, organisation);
