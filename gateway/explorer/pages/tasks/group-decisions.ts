import type { TaskKind } from '../../generated/graphql.ts';
import { toOffices, toOptions, type Decide } from './decision.ts';

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
    ? {
        label: 'tasks.sign',
        mutation: 'signOfficeEvaluation',
        fixed: { programme, version: facts.programme?.officeEvaluationVersion ?? 0 },
      }
    : {
        label: 'tasks.sign',
        mutation: 'signEvaluation',
        fixed: { programme, version: facts.programme?.evaluation?.version ?? 0 },
      },
];

/** What is recorded of groups, and what is written of programmes. */
export const groupDecisions = {
  BRIEF_GROUP: recordMeeting('BRIEFING'),
  DEBRIEF_GROUP: recordMeeting('DEBRIEFING'),
  DRAFT_EVALUATION: draftEvaluation,
  SIGN_EVALUATION: signEvaluation,
} satisfies Partial<Record<TaskKind, Decide>>;
