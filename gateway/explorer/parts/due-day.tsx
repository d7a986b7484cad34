import { formatDate, t } from '../words/language.ts';

interface DueDayProps {
  readonly dueOn: string;
  /** As the network’s own day says. */
  readonly isOverdue: boolean;
}

/** The day by which something is due. What is overdue says so. */
export function DueDay({ dueOn, isOverdue }: DueDayProps) {
  const day = formatDate(dueOn);
  return isOverdue ? (
    <strong class="overdue">{t('tasks.late', { day })}</strong>
  ) : (
    <time dateTime={dueOn}>{day}</time>
  );
}
