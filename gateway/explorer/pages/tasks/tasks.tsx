import { useSignal } from '@preact/signals';
import { useQuery } from '../../client/use-query.ts';
import { AddressLinks } from '../../parts/address-links.tsx';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { DueDay } from '../../parts/due-day.tsx';
import { groupHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { Table } from '../../parts/table.tsx';
import { person } from '../../session/session.ts';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import { Decide } from './decide.tsx';
import type { Decision, Task } from './decision.ts';
import { tasksQuery } from './task-queries.ts';

interface TableProps {
  readonly tasks: readonly Task[];
  readonly open: (task: Task) => void;
}

function TaskTable({ tasks, open }: TableProps) {
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
              <button
                type="button"
                aria-label={`${t('tasks.decide')}: ${t(`taskKinds.${task.kind}`)}, ${task.subject}`}
                onClick={() => open(task)}
              >
                {t('tasks.decide')}
              </button>
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
        { title: t('tasks.subject'), of: ({ subject }) => <code>{subject}</code> },
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

/** What waits for the reader’s organisation. Each task is decided here. */
export function Tasks() {
  const { response, isLoading, refetch } = useQuery(tasksQuery, {});
  const opened = useSignal<Task | undefined>(undefined);
  const done = useSignal('');
  const tasks = response?.data?.tasks;
  const close = () => (opened.value = undefined);
  const finish = (task: Task, step?: Decision) => {
    done.value = t('tasks.done', { what: t(step?.label ?? `taskKinds.${task.kind}`) });
    close();
    refetch();
  };
  return (
    <>
      <h1>{t('frame.tasks')}</h1>
      <p class="lead">{t('tasks.lead')}</p>
      {!person.value && <p>{t('tasks.signIn')}</p>}
      <p role="status">{done.value}</p>
      {person.value && <ResponseNote response={response} refetch={refetch} />}
      {isLoading && <Loading />}
      {tasks && (
        <>
          <p>{t('tasks.count', { count: formatNumber(tasks.totalCount) })}</p>
          {tasks.nodes.length > 0 && (
            <TaskTable tasks={tasks.nodes} open={(task) => (opened.value = task)} />
          )}
        </>
      )}
      {person.value && staff.includes(person.value.role) && <TaskLinks />}
      {opened.value && (
        <Dialog title={t(`taskKinds.${opened.value.kind}`)} close={close}>
          <Decide
            task={opened.value}
            onDone={(step) => opened.value && finish(opened.value, step)}
          />
        </Dialog>
      )}
    </>
  );
}
