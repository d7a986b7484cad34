import { createPage } from '../../database/pagination/create-page.js';
import { readPageRequest } from '../../database/pagination/page-size.js';
import type { PageArguments } from '../../database/pagination/paged.js';
import { whereText } from '../../database/where-text.js';
import { checkRange } from '../../graphql/scalars/scalars.js';
import { type ChangeLink, isChange } from '../chain/chain.js';
import { readLinkKeys, readSequence } from '../chain/link-keys.js';
import { type PartnerRecord, toInstant } from '../chain/record-page.js';
import { readLinksOf } from '../chain/stored-form.js';
import { StoredReading } from '../chain/stored.entity.js';
import type { Change, ChangeArguments, ChangeConnection } from './change.type.js';

/** Which of these records the caller may know of. */
export type FindReadable = (subjects: readonly string[]) => Promise<ReadonlySet<string>>;

/** How many changes are read at a time while some may be left out. */
const batchSize = 500;

/**
 * A page of the changes in an organisation’s data, newest first, by keyset.
 * @param findReadable changes of other records are left out. @default the caller may know of all
 * @throws HubError `BAD_USER_INPUT` for an invalid page size or cursor.
 */
export async function readChanges(
  { partner, source }: PartnerRecord,
  page: PageArguments,
  { filter }: ChangeArguments = {},
  findReadable?: FindReadable,
): Promise<ChangeConnection> {
  const request = readPageRequest(page);
  const { subject, from, to } = filter ?? {};
  checkRange(from, to, 'filter.to');
  const keys = await readLinkKeys(source);
  const rows = source.manager
    .createQueryBuilder(StoredReading, 'change')
    .where('change.subject IS NOT NULL');
  if (subject != null) whereText(rows, 'change.subject = :subject', { subject });
  if (from != null) rows.andWhere('change.at >= :from', { from: toInstant(from) });
  if (to != null) rows.andWhere('change.at <= :to', { to: toInstant(to) });
  rows.orderBy('change.sequence', request.isBackwards ? 'ASC' : 'DESC');
  const limit = findReadable ? Math.max(request.size + 1, batchSize) : request.size + 1;
  const isShown = keepKnown(findReadable);
  const links: ChangeLink[] = [];
  let cursor = readSequence(request, keys);
  for (let areLeft = true; areLeft && links.length <= request.size;) {
    const batch = rows.clone().limit(limit);
    if (cursor !== undefined)
      batch.andWhere(`change.sequence ${request.isBackwards ? '>' : '<'} :cursor`, { cursor });
    const stored = await batch.getMany();
    const shown = await isShown(stored.flatMap(({ subject }) => subject ?? []));
    const kept = stored.filter(({ subject }) => subject !== null && shown(subject));
    for (const row of await readLinksOf(source.manager, kept))
      links.push(...row.links.filter(isChange));
    areLeft = stored.length === limit;
    cursor = stored.at(-1)?.sequence;
  }
  const describe = ({ sequence, ...link }: ChangeLink): Change => ({
    ...link,
    id: `${partner}:change-${keys.write(sequence)}`,
  });
  return createPage(
    links.slice(0, request.size + 1),
    request,
    ({ sequence }) => [keys.write(sequence)],
    describe,
  );
}

/** Asks once for each record, however many of its changes are on a page. */
function keepKnown(
  findReadable: FindReadable | undefined,
): (subjects: readonly string[]) => Promise<(subject: string) => boolean> {
  const known = new Map<string, boolean>();
  return async (subjects) => {
    if (!findReadable) return () => true;
    const unknown = [...new Set(subjects)].filter((subject) => !known.has(subject));
    const readable = await findReadable(unknown);
    for (const subject of unknown) known.set(subject, readable.has(subject));
    return (subject) => known.get(subject) === true;
  };
}
