import { useLocation } from 'preact-iso';
import { isWhole } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Loading } from '../../parts/loading.tsx';
import { person } from '../../session/session.ts';
import { t } from '../../words/language.ts';
import { DecisionFrame } from './decision-frame.tsx';
import type { Task } from './decision.ts';
import { DecisionOnVisit, decisionsOnVisits } from './on-visit.tsx';
import { tasksQuery } from './tasks-query.ts';

/** The decision that a task asks for: `/tasks/decision?id=…`. */
function OfTask({ id }: { id: string | undefined }) {
  const { response, refetch } = useQuery(tasksQuery, {});
  const task = response?.data?.tasks?.nodes.find((one) => one.id === id);
  return (
    <DecisionFrame kind={task?.kind} from={{ name: t('frame.tasks'), href: '/tasks' }} task={task}>
      {person.value && <ResponseNote response={response} refetch={refetch} />}
      {!response && <Loading />}
      {person.value && response && !task && isWhole(response) && <p>{t('tasks.noTask')}</p>}
    </DecisionFrame>
  );
}

/** One decision, at an address of its own. */
export function DecisionPage() {
  const { query } = useLocation();
  const { kind = '', visit = '', subject = '' } = query;
  const on = Object.hasOwn(decisionsOnVisits, kind) ? decisionsOnVisits[kind] : undefined;
  if (!on) return <OfTask id={query['id']} />;
  return (
    <DecisionOnVisit
      key={`${kind} ${subject}`}
      kind={kind as Task['kind']}
      visitId={visit}
      subject={subject}
      on={on}
    />
  );
}
