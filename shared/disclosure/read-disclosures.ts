import {
  StoredReading,
  isReading,
  readLinksOf,
  readSequence,
  toInstant,
  toPage,
  type DisclosureLink,
  type PartnerRecord,
} from '../chain/index.js';
import type { PageArguments } from '../database/index.js';
import { readPageSize } from '../pagination/index.js';
import { checkRange } from '../scalars/index.js';
import type { DisclosurePeriod } from './disclosure-period.args.js';
import type { Disclosure, DisclosureConnection } from './disclosure.type.js';

function describe(link: DisclosureLink, partner: string): Disclosure {
  const { sequence, ...said } = link;
  return { id: `${partner}:disclosure-${sequence}`, ...said };
}

/**
 * A page of an organisation’s record of disclosures, the newest first, by keyset.
 * @throws HubError `BAD_USER_INPUT` for a page size or cursor that is none, and for a range that ends before it starts.
 */
export async function readDisclosures(
  { partner, source }: PartnerRecord,
  { first: asked, after }: PageArguments,
  { from, to }: DisclosurePeriod = {},
): Promise<DisclosureConnection> {
  const first = readPageSize(asked);
  checkRange(from, to, 'to');
  const rows = source.manager
    .createQueryBuilder(StoredReading, 'reading')
    .where('reading.subject IS NULL');
  const before = after == null ? Infinity : readSequence(after);
  if (before !== Infinity) {
    // A row has all links of one request. The first of them may be before the cursor, and the last
    // one after it.
    const sharing = `SELECT MIN("sequence") FROM "disclosure_readings" WHERE "sequence" >= :before AND "subject" IS NULL`;
    rows.andWhere(`(reading.sequence < :before OR reading.sequence = (${sharing}))`, { before });
  }
  if (from != null) rows.andWhere('reading.at >= :from', { from: toInstant(from) });
  if (to != null) rows.andWhere('reading.at <= :to', { to: toInstant(to) });
  const stored = await rows
    .orderBy('reading.sequence', 'DESC')
    .limit(first + 2)
    .getMany();
  const found = (await readLinksOf(source.manager, stored))
    .flatMap(({ links }) => links.toReversed())
    .filter(isReading)
    .filter(({ sequence }) => sequence < before);
  return toPage(found, (link) => describe(link, partner), { first, after });
}
