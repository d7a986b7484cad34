import {
  StoredReading,
  isReading,
  readLinksOf,
  toInstant,
  type DisclosureLink,
  type PartnerRecord,
} from '../chain/index.js';
import type { PageArguments } from '../database/index.js';
import { HubError } from '../errors/index.js';
import { createPage, decodeCursor, readPageSize } from '../pagination/index.js';
import { checkRange } from '../scalars/index.js';
import type { DisclosurePeriod } from './disclosure-period.args.js';
import type { Disclosure, DisclosureConnection } from './disclosure.type.js';

const longestSequence = 9;

/**
 * The number of the link that a cursor stands for.
 * @throws HubError `BAD_USER_INPUT`
 */
function readSequence(after: string): number {
  const [sequence] = decodeCursor(after, 1);
  if (sequence && sequence.length <= longestSequence && /^[1-9]\d*$/.test(sequence)) {
    return Number(sequence);
  }
  const message = '`after` is not a cursor of this list.';
  throw new HubError('BAD_USER_INPUT', { argument: 'after', message });
}

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
  return createPage(
    found,
    { first, after },
    ({ sequence }) => [String(sequence)],
    (link) => describe(link, partner),
  );
}
