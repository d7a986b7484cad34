import { In, LessThan, type FindOptionsWhere } from 'typeorm';
import { erase } from '../../database/transaction.js';
import { HubError } from '../../errors/hub-error.js';
import { addDays } from '../../graphql/scalars/dates.js';
import { lockRecord } from '../chain/append-rows.js';
import type { PartnerRecord } from '../chain/record-page.js';
import { ReaderName } from '../chain/stored.entity.js';
import type { Retention } from '../manifest/retention.js';
import { noteCommit, recordChanges } from './record-writes.js';

type Clocked = PartnerRecord & { readonly clock: () => Date };
type Forgetting = Clocked & {
  readonly retention: Pick<Retention, 'READERS'>;
  readonly askHub: (query: string) => Promise<object>;
  /** Notes outside of the database, before the commit, what is erased: `dk:readers-2026-11`. */
  readonly noteErased?: ((subjects: readonly string[]) => void) | undefined;
};

/** The months that will have ended so many days ago, in some days. */
const isPast = ({ clock, retention }: Pick<Forgetting, 'clock' | 'retention'>, inDays = 0) => ({
  month: LessThan(
    addDays(clock().toISOString().slice(0, 10), inDays - retention.READERS).slice(0, 7),
  ),
});

/** The months whose names of readers go within some days, with the day on which they go. */
export async function findDueReaders(
  context: Forgetting,
  inDays: number,
): Promise<{ readonly month: string; readonly dueOn: string }[]> {
  const rows = await context.source.manager.findBy(ReaderName, isPast(context, inDays));
  const months = [...new Set(rows.map(({ month }) => month))].toSorted();
  return months.map((month) => {
    const next = addDays(`${month}-01`, mostDaysOfMonth).slice(0, 7);
    return { month, dueOn: addDays(`${next}-01`, context.retention.READERS) };
  });
}

const mostDaysOfMonth = 31;

const isOfMonth = /:readers-(\d{4}-\d{2})$/;

/** @returns how many months */
async function eraseNames(
  { partner, source, clock, noteErased }: Clocked & Pick<Forgetting, 'noteErased'>,
  mutation: string,
  where: FindOptionsWhere<ReaderName>,
): Promise<number> {
  if (!(await source.manager.existsBy(ReaderName, where))) return 0;
  const count = await erase(source, async (manager) => {
    await lockRecord(manager);
    const rows = await manager.findBy(ReaderName, where);
    await manager.delete(ReaderName, where);
    const months = [...new Set(rows.map(({ month }) => month))].toSorted();
    const subjects = months.map((month) => `${partner}:readers-${month}`);
    await recordChanges(manager, {
      organisation: partner,
      person: null,
      mutation,
      reason: null,
      at: clock(),
      records: subjects.map((subject) => ({ subject, fields: ['reader'] })),
    });
    noteErased?.(subjects);
    return months.length;
  });
  noteCommit(source);
  return count;
}

/**
 * Erases the names of readers of months that ended so many days ago. What they read stays, and the
 * record says that their names are gone. The hub refuses a request of a server whose clock is wrong:
 * then nothing is erased.
 * @returns false if the hub did not respond: try again soon
 */
export async function forgetReaders(context: Forgetting): Promise<boolean> {
  if (!(await context.source.manager.existsBy(ReaderName, isPast(context)))) return true;
  try {
    await context.askHub('{ partners { code } }');
  } catch (error) {
    if (error instanceof HubError) return false;
    throw error;
  }
  await eraseNames(context, 'runRetention', isPast(context));
  return true;
}

/**
 * Erases them again in an older copy of the database.
 * @param subjects what was erased, as it was noted
 * @returns how many months
 */
export function forgetReadersAgain(context: Clocked, subjects: readonly string[]): Promise<number> {
  const months = subjects.flatMap((subject) => isOfMonth.exec(subject)?.[1] ?? []);
  return eraseNames(context, 'eraseAgain', { month: In([...new Set(months)]) });
}
