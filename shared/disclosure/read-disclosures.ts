import type { DataSource } from 'typeorm';
import type { PageArguments } from '../database/index.js';
import { HubError } from '../errors/index.js';
import { decodeCursor, encodeCursor, readPageSize, type Connection } from '../pagination/index.js';
import { DisclosureRecord } from './disclosure.entity.js';

/** The contract’s `Disclosure`: who read what, and when. */
export interface Disclosure extends Pick<
  DisclosureRecord,
  'at' | 'readerOrganisation' | 'reader' | 'role' | 'operationName' | 'type' | 'fields' | 'records'
> {
  readonly id: string;
}

/** A page of the record. It has no count: that would tell more than the page. */
export type DisclosurePage = Pick<Connection<Disclosure>, 'edges' | 'nodes' | 'pageInfo'>;

export interface ReadDisclosuresOptions {
  readonly page: PageArguments;
  /** The code of the partner whose record it is. */
  readonly partner: string;
  readonly source: DataSource;
  /** The first instant that is asked for. */
  readonly from?: string | null;
  /** The last instant that is asked for. */
  readonly to?: string | null;
}

const longestSequence = 9;

/** The number of the link that a cursor stands for. */
function readSequence(after: string): number {
  const [sequence] = decodeCursor(after, 1);
  if (sequence && sequence.length <= longestSequence && /^[1-9]\d*$/.test(sequence)) {
    return Number(sequence);
  }
  throw new HubError('BAD_USER_INPUT', {
    argument: 'after',
    message: '`after` is not a cursor of this list.',
  });
}

/** The last instant that the record could write. */
const lastInstant = '9999-12-31T23:59:59.999Z';

/** The instant as the record writes it: its texts sort as time passes. */
function toInstant(text: string): string {
  const instant = new Date(text).toISOString();
  // A year of more than four digits is written with a sign.
  return instant.startsWith('+') ? lastInstant : instant;
}

function describe(link: DisclosureRecord, partner: string): Disclosure {
  const { sequence, at, readerOrganisation, reader, role } = link;
  const { operationName, type, fields, records } = link;
  const id = `${partner}:disclosure-${sequence}`;
  return { id, at, readerOrganisation, reader, role, operationName, type, fields, records };
}

/**
 * A page of an organisation’s record of disclosures, the newest first, by keyset.
 * @throws HubError `BAD_USER_INPUT` for a page size or cursor that is none.
 */
export async function readDisclosures({
  partner,
  source,
  page: { first: asked, after },
  from,
  to,
}: ReadDisclosuresOptions): Promise<DisclosurePage> {
  const first = readPageSize(asked);
  const links = source.getRepository(DisclosureRecord).createQueryBuilder('link');
  if (after != null) {
    links.andWhere('link.sequence < :sequence', { sequence: readSequence(after) });
  }
  if (from != null) links.andWhere('link.at >= :from', { from: toInstant(from) });
  if (to != null) links.andWhere('link.at <= :to', { to: toInstant(to) });
  const found = await links
    .orderBy('link.sequence', 'DESC')
    .limit(first + 1)
    .getMany();
  const edges = found.slice(0, first).map((link) => ({
    cursor: encodeCursor([String(link.sequence)]),
    node: describe(link, partner),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
