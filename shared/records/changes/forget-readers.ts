import { LessThan } from 'typeorm';
import { erase } from '../../database/transaction.js';
import { addDays } from '../../graphql/scalars/dates.js';
import { lockRecord } from '../chain/append-rows.js';
import type { PartnerRecord } from '../chain/record-page.js';
import { ReaderName } from '../chain/stored.entity.js';
import type { Retention } from '../manifest/retention.js';
import { noteCommit, recordChanges } from './record-writes.js';

type Forgetting = PartnerRecord & {
  readonly clock: () => Date;
  readonly retention: Pick<Retention, 'READERS'>;
};

/** The months that will have ended so many days ago, in some days. */
const isPast = ({ clock, retention }: Omit<Forgetting, keyof PartnerRecord>, inDays = 0) => ({
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

/**
 * Erases the names of readers of months that ended so many days ago. What they read stays, and the
 * record says that their names are gone.
 */
export async function forgetReaders(context: Forgetting): Promise<true> {
  const { partner, source, clock } = context;
  if (!(await source.manager.existsBy(ReaderName, isPast(context)))) return true;
  await erase(source, async (manager) => {
    await lockRecord(manager);
    const rows = await manager.findBy(ReaderName, isPast(context));
    await manager.delete(ReaderName, isPast(context));
    const months = [...new Set(rows.map(({ month }) => month))].toSorted();
    await recordChanges(manager, {
      organisation: partner,
      person: null,
      mutation: 'runRetention',
      reason: null,
      at: clock(),
      records: months.map((month) => ({
        subject: `${partner}:readers-${month}`,
        fields: ['reader'],
      })),
    });
  });
  noteCommit(source);
  return true;
}
