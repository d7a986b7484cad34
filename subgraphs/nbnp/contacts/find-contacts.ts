import type { PageArguments } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import {
  decodeCursor,
  encodeCursor,
  readPageSize,
  requireCount,
  type Connection,
} from '@hub/shared/pagination';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import type { Contact } from '../entities/contact.js';
import { PartyRole } from '../entities/party-role.entity.js';

interface PairRow {
  readonly first_id: string;
  readonly second_id: string;
  readonly strength: number | string;
}

/** Every pair of parties with so many common events, whatever their roles there; the smaller id first. */
function pairParties(source: DataSource): SelectQueryBuilder<PartyRole> {
  return source
    .createQueryBuilder()
    .select('one.partyId', 'first_id')
    .addSelect('other.partyId', 'second_id')
    .addSelect('COUNT(DISTINCT one.eventId)', 'strength')
    .from(PartyRole, 'one')
    .innerJoin(PartyRole, 'other', 'other.eventId = one.eventId AND other.partyId > one.partyId')
    .groupBy('one.partyId')
    .addGroupBy('other.partyId')
    .having('COUNT(DISTINCT one.eventId) >= :minimum');
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
  { first: asked, after, isCounted = false }: PageArguments,
): Promise<Connection<Contact>> {
  if (minimum < 1) {
    throw new HubError('BAD_USER_INPUT', {
      argument: 'minimum',
      message: '`minimum` is 1 or more.',
    });
  }
  const first = readPageSize(asked);
  const { rows, count } = await readPairs(source, minimum, { first, after, isCounted });
  const edges = rows.slice(0, first).map(({ first_id, second_id, strength }) => ({
    cursor: encodeCursor([String(strength), first_id, second_id]),
    node: { partyIds: [first_id, second_id], strength: Number(strength) } satisfies Contact,
  }));
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
      return requireCount(count);
    },
    get countAtLeast() {
      return requireCount(count);
    },
  };
}

/** One more pair than the page is long; with the number of all pairs, of the same state of the database, where asked. */
async function readPairs(
  source: DataSource,
  minimum: number,
  { first, after, isCounted }: PageArguments & { readonly first: number },
): Promise<{ readonly rows: readonly PairRow[]; readonly count: number | undefined }> {
  const pairs = pairParties(source);
  const page = source
    .createQueryBuilder()
    .select(['pair.first_id AS first_id', 'pair.second_id AS second_id'])
    .addSelect('pair.strength', 'strength')
    .from<PairRow>(isCounted ? 'pairs' : `(${pairs.getQuery()})`, 'pair')
    .setParameters({ minimum })
    .orderBy('pair.strength', 'DESC')
    .addOrderBy('pair.first_id')
    .addOrderBy('pair.second_id')
    .limit(first + 1);
  if (after != null) {
    page.where(
      `(pair.strength < :strength OR (pair.strength = :strength AND
        (pair.first_id > :first OR (pair.first_id = :first AND pair.second_id > :second))))`,
      readAfter(after),
    );
  }
  if (!isCounted) return { rows: await page.getRawMany<PairRow>(), count: undefined };
  const found = await source
    .createQueryBuilder()
    .addCommonTableExpression(pairs.getQuery(), 'pairs')
    .select('counted.count', 'count')
    .addSelect('page.*')
    .from('(SELECT COUNT(*) AS "count" FROM "pairs")', 'counted')
    // Where the page is empty, there is one row without a pair.
    .leftJoin(`(${page.getQuery()})`, 'page', '1 = 1')
    .setParameters(page.getParameters())
    .orderBy('page.strength', 'DESC')
    .addOrderBy('page.first_id')
    .addOrderBy('page.second_id')
    .getRawMany<PairRow & { readonly count: number | string }>();
  const rows = found.filter(({ first_id }) => first_id !== null);
  return { rows, count: Number(found[0]?.count) };
}
