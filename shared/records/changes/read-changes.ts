import { createPage } from '../../database/pagination/create-page.js';
import { decodeCursor } from '../../database/pagination/cursor.js';
import { readPageSize } from '../../database/pagination/page-size.js';
import type { PageArguments } from '../../database/pagination/paged.js';
import { whereText } from '../../database/where-text.js';
import { HubError } from '../../errors/hub-error.js';
import { checkRange } from '../../graphql/scalars/check-range.js';
import { type ChangeLink, isChange } from '../chain/chain.js';
import { type LinkKeys, readLinkKeys } from '../chain/link-keys.js';
import { type PartnerRecord, toInstant } from '../chain/record-page.js';
import { readLinksOf } from '../chain/stored-form.js';
import { StoredReading } from '../chain/stored.entity.js';
import type { Change, ChangeArguments, ChangeConnection } from './change.type.js';

/** @throws HubError `BAD_USER_INPUT` */
function readSequence(after: string, keys: LinkKeys): number {
  const [text] = decodeCursor(after, 1);
  const sequence = text == null ? undefined : keys.read(text);
  if (sequence !== undefined) return sequence;
  const message = '`after` is not a cursor of this list.';
  throw new HubError('BAD_USER_INPUT', { argument: 'after', message });
}

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
  const keys = await readLinkKeys(source);
  const rows = source.manager
    .createQueryBuilder(StoredReading, 'change')
    .where('change.subject IS NOT NULL');
  if (after != null)
    rows.andWhere('change.sequence < :before', { before: readSequence(after, keys) });
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
  const describe = ({ sequence, ...link }: ChangeLink): Change => ({
    ...link,
    id: `${partner}:change-${keys.write(sequence)}`,
  });
  return createPage(links, { first, after }, ({ sequence }) => [keys.write(sequence)], describe);
}
