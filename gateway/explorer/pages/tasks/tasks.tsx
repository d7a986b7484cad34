import { useQuery } from '../../client/use-query.ts';
import { AddressLinks } from '../../parts/address-links.tsx';
import { ResponseNote } from '../../parts/completeness.tsx';
import { DueDay } from '../../parts/due-day.tsx';
import { decisionHref, groupHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { Outcome } from '../../parts/outcome.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { Table } from '../../parts/table.tsx';
import { person } from '../../session/session.ts';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import type { Task } from './decision.ts';
import { SubjectName } from './subject-name.tsx';
import { tasksQuery } from './task-queries.ts';

/** The group and the visit of a task, for those who do not see its row. */
const placeOf = ({ group, visit }: Task): string =>
  [group?.name, visit?.title].filter(Boolean).join(', ');

function TaskTable({ tasks }: { tasks: readonly Task[] }) {
  return (
    <Table
      caption={t('frame.tasks')}
      rows={tasks}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('tasks.what'),
          of: (task) => (
            <>
              {t(`taskKinds.${task.kind}`)}
              <Rehearsal of={task} />
              {task.cause !== 'NEW' && <div class="soft">{t(`taskCauses.${task.cause}`)}</div>}
            </>
          ),
        },
        {
          title: t('tasks.due'),
          of: ({ dueOn, isOverdue }) =>
            dueOn === null ? t('tasks.noDay') : <DueDay dueOn={dueOn} isOverdue={isOverdue} />,
        },
        {
          title: t('tasks.decision'),
          of: (task) =>
            task.isUncertain ? (
              <em>{t('tasks.uncertain')}</em>
            ) : (
              <a class="button" href={decisionHref(task.id)}>
                {t('tasks.decide')}
                <span class="unseen">
                  : {t(`taskKinds.${task.kind}`)}, {placeOf(task)}
                </span>
              </a>
            ),
        },
        {
          title: t('tasks.group'),
          of: ({ group }) => group && <a href={groupHref(group.id)}>{group.name}</a>,
        },
        {
          title: t('tasks.visit'),
          of: ({ visit }) => visit && <a href={visitHref(visit.id)}>{visit.title}</a>,
        },
        { title: t('tasks.subject'), of: (task) => <SubjectName task={task} /> },
        { title: t('tasks.since'), of: ({ since }) => (since === null ? '' : formatDate(since)) },
      ]}
    />
  );
}

/** The roles whose tasks these are. The hub makes links for them alone. */
const staff = ['coordinator', 'liaison'];

/** The tasks in a calendar program, and in a feed reader. */
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

/** What waits for the reader’s organisation. Each task leads to its decision. */
export function Tasks() {
  const { response, isLoading, refetch } = useQuery(tasksQuery, {});
  const tasks = response?.data?.tasks;
  return (
    <>
      <h1>{t('frame.tasks')}</h1>
      <p class="lead">{t('tasks.lead')}</p>
      {!person.value && <p>{t('tasks.signIn')}</p>}
      <Outcome />
      {person.value && <ResponseNote response={response} refetch={refetch} />}
      {isLoading && <Loading />}
      {tasks && (
        <>
          <p>{t('tasks.count', { count: formatNumber(tasks.totalCount) })}</p>
          {tasks.nodes.length > 0 && <TaskTable tasks={tasks.nodes} />}
        </>
      )}
      {person.value && staff.includes(person.value.role) && <TaskLinks />}
    </>
  );
}
