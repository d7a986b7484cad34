import { useLocation } from 'preact-iso';
import { useQuery } from '../../client/use-query.ts';
import { AddressLinks } from '../../parts/address-links.tsx';
import { Choice } from '../../parts/choice.tsx';
import { ResponseNote } from '../../parts/completeness.tsx';
import { decisionHref, groupHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { Outcome } from '../../parts/outcome.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { Table } from '../../parts/table/table.tsx';
import { DueDay, needsName, placeOf, SubjectName } from '../../parts/task.tsx';
import { daysFromToday } from '../../parts/today.ts';
import { isStaff, person } from '../../session/session.ts';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import type { Task } from './decision.ts';
import { tasksQuery } from './tasks-query.ts';

/** What is due together, in the order of the page. */
const dues = ['overdue', 'soon', 'later', 'undated'] as const;

const soonDays = 7;

function dueOf({ dueOn, isOverdue }: Task): (typeof dues)[number] {
  if (isOverdue) return 'overdue';
  if (dueOn === null) return 'undated';
  return dueOn <= daysFromToday(soonDays) ? 'soon' : 'later';
}

function TaskTable({ caption, tasks }: { caption: string; tasks: readonly Task[] }) {
  return (
    <Table
      caption={caption}
      rows={tasks}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('tasks.what'),
          of: (task) => (
            <>
              {task.isUncertain ? (
                t(`taskKinds.${task.kind}`)
              ) : (
                <a href={decisionHref(task.id)}>
                  {t(`taskKinds.${task.kind}`)}
                  <span class="unseen">, {placeOf(task)}</span>
                </a>
              )}
              <Rehearsal of={task} />
              {task.cause !== 'NEW' && <div class="soft">{t(`taskCauses.${task.cause}`)}</div>}
              {task.isUncertain && <div class="soft">{t('tasks.uncertain')}</div>}
            </>
          ),
        },
        {
          title: t('tasks.due'),
          of: ({ dueOn, isOverdue }) =>
            dueOn === null ? t('tasks.noDay') : <DueDay dueOn={dueOn} isOverdue={isOverdue} />,
        },
        ...(tasks.some(needsName)
          ? [{ title: t('tasks.subject'), of: (task: Task) => <SubjectName task={task} /> }]
          : []),
        {
          title: t('tasks.group'),
          of: ({ group }) =>
            group && (
              <a href={groupHref(group.id)} class="whole">
                {group.name}
              </a>
            ),
        },
        ...(tasks.some(({ visit }) => visit)
          ? [
              {
                title: t('tasks.visit'),
                of: ({ visit }: Task) => visit && <a href={visitHref(visit.id)}>{visit.title}</a>,
              },
            ]
          : []),
        ...(tasks.some(({ since }) => since)
          ? [
              {
                title: t('tasks.since'),
                of: ({ since }: Task) => since && <time dateTime={since}>{formatDate(since)}</time>,
              },
            ]
          : []),
      ]}
    />
  );
}

/** The values of a list, each once. */
const listOnce = (pairs: readonly (readonly [value: string, text: string])[]) => [
  ...new Map(pairs),
];

/** The tasks by the time when they are due. What is chosen is in the page’s address. */
function TaskList({ tasks }: { tasks: readonly Task[] }) {
  const { query, route } = useLocation();
  const { kind = '', group = '' } = query;
  const choose = (change: Readonly<Record<string, string>>) => {
    const chosen = Object.entries({ kind, group, ...change }).filter(([, value]) => value !== '');
    route(chosen.length > 0 ? `/tasks?${new URLSearchParams(chosen)}` : '/tasks', true);
  };
  const shown = tasks.filter(
    (task) => (kind === '' || task.kind === kind) && (group === '' || task.group?.id === group),
  );
  return (
    <>
      {tasks.length > 1 && (
        <form class="picks" onSubmit={(event) => event.preventDefault()}>
          <Choice
            label={t('tasks.what')}
            value={kind}
            none={t('tasks.all')}
            options={listOnce(tasks.map((task) => [task.kind, t(`taskKinds.${task.kind}`)]))}
            choose={(value) => choose({ kind: value })}
          />
          <Choice
            label={t('tasks.group')}
            value={group}
            none={t('tasks.all')}
            options={listOnce(
              tasks.flatMap((task) => (task.group ? [[task.group.id, task.group.name]] : [])),
            )}
            choose={(value) => choose({ group: value })}
          />
        </form>
      )}
      <p role="status">{t('tasks.count', { count: formatNumber(shown.length) })}</p>
      {dues.map((due) => {
        const ofDue = shown.filter((task) => dueOf(task) === due);
        if (ofDue.length === 0) return null;
        const title = t(`tasks.${due}`);
        return (
          <section key={due}>
            <h2>{title}</h2>
            <TaskTable caption={title} tasks={ofDue} />
          </section>
        );
      })}
    </>
  );
}

const readsChanges = ['coordinator', 'auditor'];

/** The tasks in a calendar program, and in a feed reader. The hub makes links for those alone whose tasks they are. */
function TaskLinks() {
  return (
    <AddressLinks
      title={t('tasks.links')}
      note={t('tasks.linksNote')}
      targets={[
        {
          name: 'tasks.ics',
          body: { calendar: 'tasks' },
          title: t('links.calendar'),
          make: t('tasks.makeCalendar'),
        },
        {
          name: 'tasks.atom',
          body: { feed: 'tasks' },
          title: t('links.feed'),
          make: t('tasks.makeFeed'),
        },
      ]}
    />
  );
}

function OwnTasks() {
  const { response, refetch } = useQuery(tasksQuery, {});
  const tasks = response?.data?.tasks;
  return (
    <>
      <Outcome />
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {tasks && <TaskList tasks={tasks.nodes} />}
    </>
  );
}

/** What waits for the reader’s organisation. Each task leads to its decision. */
export function Tasks() {
  return (
    <>
      <h1>{t('frame.tasks')}</h1>
      <p class="lead">{t('tasks.lead')}</p>
      {!person.value && (
        <p>
          {t('tasks.signIn')} <SignInButton />
        </p>
      )}
      {person.value && !isStaff() && <p>{t('tasks.forStaff')}</p>}
      {isStaff() && <OwnTasks />}
      {person.value && readsChanges.includes(person.value.role) && (
        <p>
          <a href="/tasks/done">{t('tasks.doneLately')}</a>
        </p>
      )}
      {isStaff() && <TaskLinks />}
    </>
  );
}
