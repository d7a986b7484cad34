import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { isWhole } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { countryOfPolice } from '../../frame/settings.ts';
import type { PageTaskFactsQueryVariables, TaskKind } from '../../generated/graphql.ts';
import { mutations } from '../../generated/mutations.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { dropDraft } from '../../parts/form/draft.ts';
import { isFinal } from '../../parts/form/final.ts';
import { InputForm } from '../../parts/form/input-form.tsx';
import { waysBackOf } from '../../parts/form/undo.ts';
import { isConflict, useSending } from '../../parts/form/use-sending.tsx';
import { Loading } from '../../parts/loading.tsx';
import { idsOf, type Undo } from '../../parts/outcome.tsx';
import { person } from '../../session/session.ts';
import { findText, formatNumber, t, type WordKey } from '../../words/language.ts';
import { headingOf, isOffices, sendOf, type Decision, type Task } from './decision.ts';
import { listDecisions } from './decisions.ts';
import { factsQuery } from './facts-query.ts';
import { Nominee, RecordFacts, recordOf } from './record-facts.tsx';

/** Where a variable is not needed, its field is not read. */
const unused = 'nbnp:none';

/** The country of a police force; of others any, for nothing is read of it. */
const countryOf = (organisation: string): string => countryOfPolice(organisation) ?? 'DK';

/** Besides what offices do, these depend on the sides of the group. */
const ofSides: readonly TaskKind[] = ['PLAN_VISIT', 'REPLACE_HOST', 'DECIDE_NOMINATION'];

/** What must be read before a task can be decided. */
function readsOf(task: Task, organisation: string): PageTaskFactsQueryVariables {
  const { kind, subject, group, visit, isRehearsal } = task;
  const isOfOffices = isOffices(subject);
  const ofPerson = kind === 'COMPLETE_FORMALITIES' || kind === 'HAND_IN_REPORT';
  const needsHost = kind === 'CONFIRM_STOP' || kind === 'OFFER_HOSTING';
  const ofMeeting = kind === 'BRIEF_GROUP' || kind === 'DEBRIEF_GROUP';
  const ofDay = kind === 'RECORD_DEPARTURE' || kind === 'RECORD_RETURN';
  return {
    group: group?.id ?? unused,
    visit: visit?.id ?? unused,
    stop: subject,
    programme: subject,
    officer: subject,
    delegate: subject,
    country: countryOf(organisation),
    readsOfficerNominations: kind === 'DECIDE_NOMINATION' && !isOfOffices,
    readsDelegateNominations: kind === 'DECIDE_NOMINATION' && isOfOffices,
    readsGroup: ofMeeting || kind === 'NOMINATE' || kind === 'PLAN_VISIT',
    readsSides: needsHost || ofMeeting || ofSides.includes(kind),
    readsVisit: ofDay || kind === 'OFFER_HOSTING' || kind === 'ADD_STOP',
    readsExperts: kind === 'REPLACE_EXPERT',
    readsLoans: kind === 'DECIDE_LOAN',
    readsHostings: kind === 'CONFIRM_HOSTING' || kind === 'REPLACE_HOST',
    readsStop: kind === 'CONFIRM_STOP',
    readsProgramme: kind === 'DRAFT_EVALUATION' || kind === 'SIGN_EVALUATION',
    readsOfficer: ofPerson && !isOfOffices,
    readsDelegate: ofPerson && isOfOffices,
    readsUnits: needsHost && organisation !== 'ncm',
    readsOffices: organisation === 'ncm' && (needsHost || ofMeeting),
    readsOfficers: kind === 'NOMINATE' && organisation !== 'ncm',
    readsDelegates: kind === 'NOMINATE' && organisation === 'ncm',
    readsSites: kind === 'ADD_STOP',
    readsExpertChoice: kind === 'REPLACE_EXPERT',
    readsVisits: kind === 'PLAN_VISIT',
    rehearsals: isRehearsal,
  };
}

/** An answer about a person is never chosen in advance. */
const onPeople: readonly TaskKind[] = ['DECIDE_NOMINATION', 'DECIDE_LOAN'];

export interface DecideProps {
  readonly task: Task;
  /** Told the heading of what the reader has chosen, where it is not what the task asks for. */
  readonly onChoose: (heading: WordKey | undefined) => void;
  /** Told what was done, where it is undone, and the ids of what it was about. */
  readonly onDone: (step: Decision, waysBack: readonly Undo[], about: readonly string[]) => void;
}

/** The record of a task, and a form for each way to do it. */
export function Decide({ task, onChoose, onDone }: DecideProps) {
  const organisation = person.value?.organisation ?? '';
  const { response, refetch } = useQuery(factsQuery, readsOf(task, organisation));
  const { url, query } = useLocation();
  const chosen = useSignal(`tasks.${query['way']}`);
  const { isBusy, refused, send } = useSending();
  /** The record as it was when a decision met a newer version of it. */
  const outdated = useSignal<object | undefined>(undefined);
  const nameOfNominee = useSignal<string | undefined>(undefined);
  const facts = response?.data;
  const found = facts ? listDecisions(task, facts, organisation) : [];
  const first = onPeople.includes(task.kind) && found.length > 1 ? undefined : found[0];
  const picked = found.find(({ label }) => label === chosen.value) ?? first;
  const heading = picked && headingOf(picked);
  useEffect(() => {
    if (picked) onChoose(heading);
  }, [picked?.label]);
  if (!response) return <Loading />;
  const record = facts ? recordOf(task, facts) : {};
  const choosing = facts?.nominating ?? facts?.selecting;
  const nominee = facts?.nominating?.officerNominations?.find(({ id }) => id === task.subject)
    ?.officer.id;
  const decisions = found.map((one) => (nominee ? { ...one, whom: nameOfNominee.value } : one));
  const decision = decisions.find(({ label }) => label === picked?.label);
  const draftOf = ({ mutation, label }: Decision) => `${url} ${mutation} ${label}`;
  const decideBy = async (one: Decision, values: Record<string, unknown>) => {
    const { document } = mutations[one.mutation];
    const sent = await send(document as typeof mutations.confirmStop.document, {
      input: (one.complete?.(values) ?? values) as never,
    });
    if (sent.errors.length === 0) {
      dropDraft(draftOf(one));
      const [made] = Object.values((sent.data ?? {}) as Record<string, { id?: string } | null>);
      const within = { group: task.group?.id, visit: task.visit?.id };
      const waysBack = waysBackOf(one.mutation, { input: values, made: made?.id ?? '', ...within });
      return onDone(one, waysBack, idsOf(made?.id, task.subject, ...Object.values(values)));
    }
    if (!isConflict(sent)) return;
    outdated.value = record;
    refetch();
  };
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {nominee ? (
        <Nominee
          officer={nominee}
          nomination={task.subject}
          record={record}
          onName={(name) => (nameOfNominee.value = name)}
        />
      ) : (
        <RecordFacts record={record} isNamed={!choosing} />
      )}
      {choosing && (
        <p>
          {t('programme.members')}:{' '}
          {choosing.memberCount === null
            ? t('response.missing')
            : `${formatNumber(choosing.memberCount)} ${t('programme.ofPlanned', { planned: choosing.plannedSize })}`}
        </p>
      )}
      {decisions.length === 0 && (
        <p>{t(isWhole(response) ? 'tasks.noTask' : 'tasks.unreadable')}</p>
      )}
      {decisions.length > 1 && (
        <fieldset class="choices">
          <legend>{t('tasks.decision')}</legend>
          {decisions.map(({ label }) => (
            <label key={label} class="choice">
              <input
                type="radio"
                name="decision"
                checked={decision?.label === label}
                onChange={() => (chosen.value = label)}
              />
              {t(label)}
            </label>
          ))}
        </fieldset>
      )}
      {decision && <p>{findText([`forms.${decision.lead ?? decision.mutation}_lead`], {})}</p>}
      {decision?.note && <p>{t(decision.note)}</p>}
      {decision && (
        <InputForm
          key={`${decision.mutation} ${decision.label}`}
          input={mutations[decision.mutation].input}
          fixed={decision.fixed}
          choices={decision.options}
          initial={decision.initial}
          required={decision.required}
          draft={draftOf(decision)}
          conflict={outdated.value && { before: outdated.value, after: record }}
          isBusy={isBusy}
          refused={refused}
          submitLabel={sendOf(decision)}
          isFinal={isFinal(decision.mutation)}
          onSubmit={(values) => void decideBy(decision, values)}
        />
      )}
    </>
  );
}
