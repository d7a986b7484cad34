import { createPage } from '../../database/pagination/create-page.js';
import { readPageRequest } from '../../database/pagination/page-size.js';
import type { PageArguments } from '../../database/pagination/paged.js';
import { checkRange } from '../../graphql/scalars/scalars.js';
import type { Reader } from '../../identity/reader.js';
import { type DisclosureLink, isReading } from '../chain/chain.js';
import { type LinkKeys, readLinkKeys, readSequence } from '../chain/link-keys.js';
import { type PartnerRecord, toInstant } from '../chain/record-page.js';
import { readLinksOf } from '../chain/stored-form.js';
import { StoredReading, StoredText } from '../chain/stored.entity.js';
import { findReaders } from '../people/name-readers.js';
import type { DisclosurePeriod } from './disclosure-period.args.js';
import type { Disclosure, DisclosureConnection } from './disclosure.type.js';
import { whereReader } from './first-readers.js';

const longestSequence = 9;

/** The numbers of links, as the organisation’s own auditors see them. */
const plainNumbers: LinkKeys = {
  write: String,
  read: (text) =>
    text.length <= longestSequence && /^[1-9]\d*$/.test(text) ? Number(text) : undefined,
};

/** A record, and who reads it. */
interface AskedRecord extends PartnerRecord {
  readonly reader: Reader;
}

/**
 * A page of an organisation’s record of disclosures, the newest first, by keyset. Callers of another organisation get
 * what was read in its name, and no numbers that count the rest.
 * @throws HubError `BAD_USER_INPUT` for a page size or cursor that is none, and for a range that ends before it starts.
 */
export async function readDisclosures(
  { partner, source, reader }: AskedRecord,
  page: PageArguments,
  { from, to }: DisclosurePeriod = {},
): Promise<DisclosureConnection> {
  const place = readPageRequest(page);
  checkRange(from, to, 'to');
  const rows = source.manager
    .createQueryBuilder(StoredReading, 'reading')
    .where('reading.subject IS NULL');
  const organisation = reader.kind === 'person' ? reader.organisation : '';
  const isOwn = organisation === partner;
  const numbers = isOwn ? plainNumbers : await readLinkKeys(source);
  if (!isOwn) {
    const texts = whereReader(source.createQueryBuilder(StoredText, 'who'), organisation);
    rows
      .andWhere(`reading.reader IN (${texts.select('who.id').getQuery()})`)
      .setParameters(texts.getParameters());
  }
  const cursor = readSequence(place, numbers);
  if (cursor !== undefined) {
    // A row has all links of one request. The first of them may be before the cursor, and the last
    // one after it.
    const sharing = `SELECT MIN("sequence") FROM "disclosure_readings" WHERE "sequence" >= :cursor AND "subject" IS NULL`;
    const beyond = place.isBackwards
      ? 'reading.sequence > :cursor'
      : `(reading.sequence < :cursor OR reading.sequence = (${sharing}))`;
    rows.andWhere(beyond, { cursor });
  }
  if (from != null) rows.andWhere('reading.at >= :from', { from: toInstant(from) });
  if (to != null) rows.andWhere('reading.at <= :to', { to: toInstant(to) });
  const stored = await rows
    .orderBy('reading.sequence', place.isBackwards ? 'ASC' : 'DESC')
    .limit(place.size + 2)
    .getMany();
  const found = (await readLinksOf(source.manager, stored))
    .flatMap(({ links }) => (place.isBackwards ? links : links.toReversed()))
    .filter(isReading)
    .filter(
      ({ sequence }) =>
        cursor === undefined || (place.isBackwards ? sequence > cursor : sequence < cursor),
    );
  const own = found.filter(({ readerOrganisation }) => readerOrganisation === organisation);
  const nameOf = await findReaders(source.manager, own);
  return createPage(
    found,
    place,
    ({ sequence }) => [numbers.write(sequence)],
    ({ sequence, people: _people, isRefused, ...link }: DisclosureLink): Disclosure => ({
      ...link,
      // Others may know that an organisation read, not who.
      reader: link.readerOrganisation === organisation ? (nameOf(link) ?? '') : '',
      wasRefused: isRefused,
      id: `${partner}:disclosure-${numbers.write(sequence)}`,
    }),
  );
}
