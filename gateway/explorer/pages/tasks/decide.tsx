import { useSignal } from '@preact/signals';
import { sendOperation, type GraphError } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { ResponseNote, describeError } from '../../parts/completeness.tsx';
import { labelOf } from '../../parts/form/input-field.ts';
import { InputForm } from '../../parts/form/input-form.tsx';
import { Loading } from '../../parts/loading.tsx';
import { today } from '../../parts/today.ts';
import { person } from '../../session/session.ts';
import { t } from '../../words/language.ts';
import { findDifferences, type Difference } from './conflict.ts';
import { listDecisions, type Decision, type Task } from './decisions.ts';
import { readsOf } from './facts-variables.ts';
import { mutations } from './mutations.ts';
import { Nominee, RecordFacts, recordOf, showValue } from './record-facts.tsx';
import { factsQuery } from './task-queries.ts';

/** Why the server refused, in its own words, with the rule that it names. */
function Refusal({ error }: { error: GraphError }) {
  const { rule, code } = error.extensions ?? {};
  return (
    <div role="alert">
      <p>{describeError(error)}</p>
      {rule !== undefined && <p>{t('tasks.rule', { rule })}</p>}
      {rule === undefined && code !== undefined && <p>{t('tasks.code', { code })}</p>}
    </div>
  );
}

function Changes({ differences }: { differences: readonly Difference[] }) {
  return (
    <div class="note" role="alert">
      <p>{t('tasks.conflict')}</p>
      <ul>
        {differences
          .filter(({ place }) => !place.endsWith('version'))
          .map(({ place, before, after }) => (
            <li key={place}>
              {t('tasks.changed', {
                what: labelOf(place),
                before: showValue(before),
                after: showValue(after),
              })}
            </li>
          ))}
      </ul>
      <p>{t('tasks.decideAgain')}</p>
    </div>
  );
}

interface DecideProps {
  readonly task: Task;
  readonly onDone: () => void;
}

/** The record of a task, and a form for each way to do it. */
export function Decide({ task, onDone }: DecideProps) {
  const organisation = person.value?.organisation ?? '';
  const { response, refetch } = useQuery(factsQuery, readsOf(task, organisation));
  const chosen = useSignal(0);
  const isBusy = useSignal(false);
  const refusal = useSignal<GraphError | undefined>(undefined);
  /** The record as it was when a decision met a newer version of it. */
  const outdated = useSignal<object | undefined>(undefined);
  if (!response) return <Loading />;
  const facts = response.data;
  const record = facts ? recordOf(task, facts) : {};
  const nominee = facts?.nominating?.officerNominations?.find(({ id }) => id === task.subject)
    ?.officer.id;
  const decisions = facts ? listDecisions(task, facts, organisation) : [];
  const decision = decisions[chosen.value] ?? decisions[0];
  const send = async (one: Decision, values: Record<string, unknown>) => {
    isBusy.value = true;
    refusal.value = undefined;
    const { document } = mutations[one.mutation];
    const sent = await sendOperation(document as typeof mutations.confirmStop.document, {
      input: values as never,
    });
    isBusy.value = false;
    const [error] = sent.errors;
    if (!error) return onDone();
    if (error.extensions?.code === 'CONFLICT') {
      outdated.value = record;
      refetch();
    } else refusal.value = error;
  };
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {nominee ? (
        <Nominee officer={nominee} nomination={task.subject} record={record} />
      ) : (
        <RecordFacts record={record} />
      )}
      {outdated.value && <Changes differences={findDifferences(outdated.value, record)} />}
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
      {decision && (
        <InputForm
          key={`${decision.mutation} ${decision.label}`}
          input={mutations[decision.mutation].input}
          fixed={decision.fixed}
          options={decision.options}
          initial={{ on: today(), ...decision.initial }}
          isBusy={isBusy.value}
          submitLabel={t(decision.label)}
          onSubmit={(values) => void send(decision, values)}
        >
          {refusal.value && <Refusal error={refusal.value} />}
        </InputForm>
      )}
    </>
  );
}
