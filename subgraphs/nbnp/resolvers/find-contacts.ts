import type { PageArguments } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import { decodeCursor, encodeCursor, readPageSize, type Connection } from '@hub/shared/pagination';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import type { Contact } from '../entities/contact.js';
import { PartyRole } from '../entities/party-role.entity.js';

interface PairRow {
  readonly first_id: string;
  readonly second_id: string;
  readonly strength: number | string;
}

/** Every pair of parties with so many common events, whatever their roles there; the smaller id first. */
function pairParties(source: DataSource, minimum: number): SelectQueryBuilder<PairRow> {
  const pairs = source
    .createQueryBuilder()
    .select('one.partyId', 'first_id')
    .addSelect('other.partyId', 'second_id')
    .addSelect('COUNT(DISTINCT one.eventId)', 'strength')
    .from(PartyRole, 'one')
    .innerJoin(PartyRole, 'other', 'other.eventId = one.eventId AND other.partyId > one.partyId')
    .groupBy('one.partyId')
    .addGroupBy('other.partyId')
    .having('COUNT(DISTINCT one.eventId) >= :minimum');
  return source
    .createQueryBuilder()
    .from<PairRow>(`(${pairs.getQuery()})`, 'pair')
    .setParameters({ minimum });
}

function readAfter(after: string): { strength: number; first: string; second: string } {
  const [strength, first, second] = decodeCursor(after, 3);
  if (!/^\d{1,9}$/.test(strength ?? '') || first == null || second == null) {
    throw new HubError('BAD_USER_INPUT', {
      argument: 'after',
      message: '`after` is not a cursor of this list.',
    });
  }
  return { strength: Number(strength), first, second };
}

/**
 * A page of contacts, the strongest first, then by the two parties’ ids.
 * @throws `BAD_USER_INPUT` for a minimum below 1, a page size or a cursor that is none.
 */
export async function findContacts(
  source: DataSource,
  minimum: number,
  { first: asked, after }: PageArguments,
): Promise<Connection<Contact>> {
  if (minimum < 1) {
    throw new HubError('BAD_USER_INPUT', {
      argument: 'minimum',
      message: '`minimum` is 1 or more.',
    });
  }
  const first = readPageSize(asked);
  const page = pairParties(source, minimum).select([
    'pair.first_id AS first_id',
    'pair.second_id AS second_id',
    'pair.strength AS strength',
  ]);
  if (after != null) {
    page.where(
      `(pair.strength < :strength OR (pair.strength = :strength AND
        (pair.first_id > :first OR (pair.first_id = :first AND pair.second_id > :second))))`,
      readAfter(after),
    );
  }
  const rows = await page
    .orderBy('pair.strength', 'DESC')
    .addOrderBy('pair.first_id')
    .addOrderBy('pair.second_id')
    .limit(first + 1)
    .getRawMany<PairRow>();
  const edges = rows.slice(0, first).map(({ first_id, second_id, strength }) => ({
    cursor: encodeCursor([String(strength), first_id, second_id]),
    node: { partyIds: [first_id, second_id], strength: Number(strength) } satisfies Contact,
  }));
  const count = async () => {
    const counted = await pairParties(source, minimum)
      .select('COUNT(*)', 'pairs')
      .getRawOne<{ pairs: number | string }>();
    return Number(counted?.pairs);
  };
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return count();
    },
    get countAtLeast() {
      return count();
    },
  };
}
