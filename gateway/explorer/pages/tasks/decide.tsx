import { useSignal } from '@preact/signals';
import { useQuery } from '../../client/use-query.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { ConflictNote } from '../../parts/form/conflict-note.tsx';
import { InputForm } from '../../parts/form/input-form.tsx';
import { isConflict, useSending } from '../../parts/form/use-sending.tsx';
import { Loading } from '../../parts/loading.tsx';
import { person } from '../../session/session.ts';
import { t } from '../../words/language.ts';
import type { Decision, Task } from './decision.ts';
import { listDecisions } from './decisions.ts';
import { readsOf } from './facts-variables.ts';
import { mutations } from './mutations.ts';
import { Nominee, RecordFacts, recordOf } from './record-facts.tsx';
import { factsQuery } from './task-queries.ts';

interface DecideProps {
  readonly task: Task;
  /** Told what was done, if the task stays. */
  readonly onDone: (step?: Decision) => void;
}

/** The record of a task, and a form for each way to do it. */
export function Decide({ task, onDone }: DecideProps) {
  const organisation = person.value?.organisation ?? '';
  const { response, refetch } = useQuery(factsQuery, readsOf(task, organisation));
  const chosen = useSignal(0);
  const { isBusy, refusal, send } = useSending();
  /** The record as it was when a decision met a newer version of it. */
  const outdated = useSignal<object | undefined>(undefined);
  if (!response) return <Loading />;
  const facts = response.data;
  const record = facts ? recordOf(task, facts) : {};
  const nominee = facts?.nominating?.officerNominations?.find(({ id }) => id === task.subject)
    ?.officer.id;
  const decisions = facts ? listDecisions(task, facts, organisation) : [];
  const decision = decisions[chosen.value] ?? decisions[0];
  const decideBy = async (one: Decision, values: Record<string, unknown>) => {
    const { document } = mutations[one.mutation];
    const sent = await send(document as typeof mutations.confirmStop.document, {
      input: (one.complete?.(values) ?? values) as never,
    });
    if (sent.errors.length === 0) return onDone(one.isStep && one);
    if (!isConflict(sent)) return;
    outdated.value = record;
    refetch();
  };
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {nominee ? (
        <Nominee officer={nominee} nomination={task.subject} record={record} />
      ) : (
        <RecordFacts record={record} />
      )}
      {outdated.value && <ConflictNote before={outdated.value} after={record} />}
      {decisions.length === 0 && <p>{t('tasks.unreadable')}</p>}
      {decisions.length > 1 && (
        <fieldset class="choices">
          <legend>{t('tasks.decision')}</legend>
          {decisions.map(({ label }, index) => (
            <label key={label} class="choice">
              <input
                type="radio"
                name="decision"
                checked={decision === decisions[index]}
                onChange={() => (chosen.value = index)}
              />
              {t(label)}
            </label>
          ))}
        </fieldset>
      )}
      {decision?.note && <p>{t(decision.note)}</p>}
      {decision && (
        <InputForm
          key={`${decision.mutation} ${decision.label}`}
          input={mutations[decision.mutation].input}
          fixed={decision.fixed}
          options={decision.options}
          initial={decision.initial}
          isBusy={isBusy}
          submitLabel={t(decision.label)}
          onSubmit={(values) => void decideBy(decision, values)}
        >
          {refusal}
        </InputForm>
      )}
    </>
  );
}
