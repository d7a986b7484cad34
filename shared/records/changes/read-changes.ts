import { createPage } from '../../database/pagination/create-page.js';
import { readPageRequest } from '../../database/pagination/page-size.js';
import type { PageArguments } from '../../database/pagination/paged.js';
import { whereText } from '../../database/where-text.js';
import { checkRange } from '../../graphql/scalars/check-range.js';
import { type ChangeLink, isChange } from '../chain/chain.js';
import { readLinkKeys, readSequence } from '../chain/link-keys.js';
import { type PartnerRecord, toInstant } from '../chain/record-page.js';
import { readLinksOf } from '../chain/stored-form.js';
import { StoredReading } from '../chain/stored.entity.js';
import type { Change, ChangeArguments, ChangeConnection } from './change.type.js';

/**
 * A page of the changes in an organisation’s data, newest first, by keyset.
 * @throws HubError `BAD_USER_INPUT` for an invalid page size or cursor.
 */
export async function readChanges(
  { partner, source }: PartnerRecord,
  page: PageArguments,
  { filter }: ChangeArguments = {},
): Promise<ChangeConnection> {
  const request = readPageRequest(page);
  const { subject, from, to } = filter ?? {};
  checkRange(from, to, 'filter.to');
  const keys = await readLinkKeys(source);
  const rows = source.manager
    .createQueryBuilder(StoredReading, 'change')
    .where('change.subject IS NOT NULL');
  const cursor = readSequence(request, keys);
  if (cursor !== undefined)
    rows.andWhere(`change.sequence ${request.isBackwards ? '>' : '<'} :cursor`, { cursor });
  if (subject != null) whereText(rows, 'change.subject = :subject', { subject });
  if (from != null) rows.andWhere('change.at >= :from', { from: toInstant(from) });
  if (to != null) rows.andWhere('change.at <= :to', { to: toInstant(to) });
  const stored = await rows
    .orderBy('change.sequence', request.isBackwards ? 'ASC' : 'DESC')
    .limit(request.size + 1)
    .getMany();
  const links = (await readLinksOf(source.manager, stored)).flatMap((row) =>
    row.links.filter(isChange),
  );
  const describe = ({ sequence, ...link }: ChangeLink): Change => ({
    ...link,
    id: `${partner}:change-${keys.write(sequence)}`,
  });
  return createPage(links, request, ({ sequence }) => [keys.write(sequence)], describe);
}
