import {
  StoredReading,
  isChange,
  readLinksOf,
  readSequence,
  toInstant,
  toPage,
  type ChangeLink,
  type PartnerRecord,
} from '../chain/index.js';
import { whereText, type PageArguments } from '../database/index.js';
import { readPageSize } from '../pagination/index.js';
import { checkRange } from '../scalars/index.js';
import type { Change, ChangeArguments, ChangeConnection } from './change.type.js';

const describe = ({ sequence, ...link }: ChangeLink, partner: string): Change => ({
  ...link,
  id: `${partner}:change-${sequence}`,
});

/**
 * A page of the changes in an organisation’s data, newest first, by keyset.
 * @throws HubError `BAD_USER_INPUT` for an invalid page size or cursor.
 */
export async function readChanges(
  { partner, source }: PartnerRecord,
  { first: asked, after }: PageArguments,
  { filter }: ChangeArguments = {},
): Promise<ChangeConnection> {
  const first = readPageSize(asked);
  const { subject, from, to } = filter ?? {};
  checkRange(from, to, 'filter.to');
  const rows = source.manager
    .createQueryBuilder(StoredReading, 'change')
    .where('change.subject IS NOT NULL');
  if (after != null) rows.andWhere('change.sequence < :before', { before: readSequence(after) });
  if (subject != null) whereText(rows, 'change.subject = :subject', { subject });
  if (from != null) rows.andWhere('change.at >= :from', { from: toInstant(from) });
  if (to != null) rows.andWhere('change.at <= :to', { to: toInstant(to) });
  const stored = await rows
    .orderBy('change.sequence', 'DESC')
    .limit(first + 1)
    .getMany();
  const links = (await readLinksOf(source.manager, stored)).flatMap((row) =>
    row.links.filter(isChange),
  );
  return toPage(links, (link) => describe(link, partner), { first, after });
}
