import { useLocation } from 'preact-iso';
import { useQuery } from '../../client/use-query.ts';
import { useTitle } from '../../frame/title.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { useFormWords } from '../../parts/form/form-words.ts';
import { groupHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { tell } from '../../parts/outcome.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { DueDay, SubjectName } from '../../parts/task.tsx';
import { person } from '../../session/session.ts';
import { t } from '../../words/language.ts';
import { Decide } from './decide.tsx';
import type { Decision, Task } from './decision.ts';
import { tasksQuery } from './task-queries.ts';

/** What is decided, about whom or what, and until when. */
function About({ task }: { task: Task }) {
  const { group, visit, dueOn, isOverdue } = task;
  return (
    <p class="lead">
      <SubjectName task={task} /> {group && <a href={groupHref(group.id)}>{group.name}</a>}
      {group && visit && ', '}
      {visit && <a href={visitHref(visit.id)}>{visit.title}</a>}
      <Rehearsal of={task} />
      {dueOn !== null && (
        <>
          {' '}
          · {t('tasks.due')}: <DueDay dueOn={dueOn} isOverdue={isOverdue} />
        </>
      )}
    </p>
  );
}

/** One decision, at an address of its own: `/tasks/decision?id=…`. */
export function DecisionPage() {
  const { query, route } = useLocation();
  const { response, refetch } = useQuery(tasksQuery, {});
  const areWordsHere = useFormWords();
  const task = response?.data?.tasks?.nodes.find(({ id }) => id === query['id']);
  const title = task && t(`taskKinds.${task.kind}`);
  useTitle(title);
  const finish = (done: Task, step: Decision) => {
    const what = step.isStep ? t(step.label) : `${t(`taskKinds.${done.kind}`)} (${t(step.label)})`;
    tell(t('tasks.done', { what }));
    route('/tasks', true);
  };
  return (
    <article class="form-page">
      <p class="way-up">
        <a href="/tasks">{t('frame.tasks')}</a>
      </p>
      <h1>{title ?? t('tasks.decision')}</h1>
      {!person.value && (
        <p>
          {t('tasks.signIn')} <SignInButton />
        </p>
      )}
      {person.value && <ResponseNote response={response} refetch={refetch} />}
      {(!response || !areWordsHere) && <Loading />}
      {person.value && response && !task && <p>{t('tasks.noTask')}</p>}
      {task && areWordsHere && (
        <>
          <About task={task} />
          <Decide task={task} onDone={(step) => finish(task, step)} />
        </>
      )}
    </article>
  );
}
