import { IsNull, LessThan, MoreThan, Not, type DataSource } from 'typeorm';
import { isChange } from '../../records/chain/chain.js';
import { readLinksOf } from '../../records/chain/stored-form.js';
import { StoredAnchor, StoredReading } from '../../records/chain/stored.entity.js';
import type { DescribeSubjects } from './describe-subjects.js';
import { mostChanges, type NoticeBatch } from './notice.js';

/** A partner’s record of changes, as notices are made of it. */
export interface NoticeSource {
  /** The number of the last change, or of the last archived link. */
  readHead(): Promise<number>;
  /** The changes after a link, oldest first, up to {@link mostChanges}. */
  readAfter(after: number): Promise<NoticeBatch>;
  /** The latest changes, for a hub that knows none. */
  readLatest(): Promise<NoticeBatch>;
}

export function createNoticeSource(source: DataSource, describe: DescribeSubjects): NoticeSource {
  const { manager } = source;
  const ofChange = { subject: Not(IsNull()) };

  const readArchived = async () => (await manager.maximum(StoredAnchor, 'sequence')) ?? 0;

  const toBatch = async (
    rows: readonly StoredReading[],
    { after, isStart }: Pick<NoticeBatch, 'after' | 'isStart'>,
  ): Promise<NoticeBatch> => {
    const links = (await readLinksOf(manager, rows)).flatMap((row) => row.links.filter(isChange));
    const described = await describe([...new Set(links.map(({ subject }) => subject))]);
    const changes = links.flatMap(({ sequence, at, subject, fields }) => {
      const description = described.get(subject);
      if (!description) return [];
      const { type, version, audienceOf } = description;
      return { sequence, at, subject, type, version, audience: audienceOf(fields) };
    });
    return { after, to: rows.at(-1)?.sequence ?? after, isStart, changes };
  };

  return {
    async readHead() {
      const [last, archived] = await Promise.all([
        manager.maximum(StoredReading, 'sequence', ofChange),
        readArchived(),
      ]);
      return Math.max(last ?? 0, archived);
    },
    async readAfter(after) {
      const archived = await readArchived();
      const from = Math.max(after, archived);
      const rows = await manager.find(StoredReading, {
        where: { ...ofChange, sequence: MoreThan(from) },
        order: { sequence: 'ASC' },
        take: mostChanges,
      });
      return toBatch(rows, { after: from, isStart: archived > after });
    },
    async readLatest() {
      const latest = await manager.find(StoredReading, {
        where: ofChange,
        order: { sequence: 'DESC' },
        take: mostChanges,
      });
      const rows = latest.toReversed();
      const first = rows[0]?.sequence;
      const before =
        first === undefined
          ? undefined
          : await manager.maximum(StoredReading, 'sequence', {
              ...ofChange,
              sequence: LessThan(first),
            });
      const after = Math.max(before ?? 0, await readArchived());
      return toBatch(
        rows.filter(({ sequence }) => sequence > after),
        { after, isStart: true },
      );
    },
  };
}
