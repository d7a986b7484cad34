import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { findOrigin } from '../../frame/origin.ts';
import { useTitle } from '../../frame/title.ts';
import { useFormWords } from '../../parts/form/form-words.ts';
import { groupHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { tell } from '../../parts/outcome.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { DueDay, SubjectName } from '../../parts/task.tsx';
import { person } from '../../session/session.ts';
import { t, type WordKey } from '../../words/language.ts';
import { Decide, type DecideProps } from './decide.tsx';
import { nameOf, type Task } from './decision.ts';

/** What is decided, about whom or what, and until when. */
function About({ task }: { task: Task }) {
  const { group, visit, dueOn, isOverdue } = task;
  return (
    <p class="lead">
      {/* Whom a nomination is about stands in its facts: each reading of a name is recorded. */}
      {task.kind !== 'DECIDE_NOMINATION' && (
        <span class="subject">
          <SubjectName task={task} />
        </span>
      )}
      {group && <a href={groupHref(group.id)}>{group.name}</a>}
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

interface FrameProps {
  readonly kind: Task['kind'] | undefined;
  /** Where the decision is found, and where the reader goes after it. */
  readonly from: { readonly name: string; readonly href: string };
  /** What is decided, once it is known. */
  readonly task: Task | undefined;
  readonly children: ComponentChildren;
}

/** What the ways to decide are called that are not what their task asks for. */
const headings: Readonly<Record<string, WordKey>> = {
  withdraw: 'tasks.withdrawHosting',
  correctConfirmation: 'plan.correctConfirmation',
};

/** The page of a decision: what is known of it, and then its form. */
export function DecisionFrame({ kind, from, task, children }: FrameProps) {
  const { route } = useLocation();
  const areWordsHere = useFormWords();
  const { way = '' } = useLocation().query;
  // Until what is decided is read, the link says it.
  const chosen = useSignal(Object.hasOwn(headings, way) ? headings[way] : undefined);
  const title = kind && t(chosen.value ?? `taskKinds.${kind}`);
  useTitle(title);
  const finish = (done: Task, ...[step, waysBack, about]: Parameters<DecideProps['onDone']>) => {
    const { kind: asked, group, visit } = done;
    const what = step.isNamed ? nameOf(step) : `${t(`taskKinds.${asked}`)} (${nameOf(step)})`;
    const where = visit?.title ?? group?.name;
    tell(t('tasks.done', { what: [what, where].filter(Boolean).join(', ') }), { waysBack, about });
    route(findOrigin() ?? from.href, true);
  };
  return (
    <article class="form-page">
      <p class="way-up">
        <a href={from.href}>{from.name}</a>
      </p>
      <h1>{title ?? t('tasks.decision')}</h1>
      {!person.value && (
        <p>
          {t('tasks.signIn')} <SignInButton />
        </p>
      )}
      {children}
      {task && !areWordsHere && <Loading />}
      {task && areWordsHere && (
        <>
          <About task={task} />
          <Decide
            task={task}
            onChoose={(heading) => (chosen.value = heading)}
            onDone={(...done) => finish(task, ...done)}
          />
        </>
      )}
    </article>
  );
}
