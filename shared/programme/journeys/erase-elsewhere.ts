import { IsNull, type EntityManager } from 'typeorm';
import { readPage } from '../../database/keyset.js';
import { byId } from '../../database/order.js';
import type { PageArguments } from '../../database/pagination/paged.js';
import { inTransaction } from '../../database/transaction.js';
import { networkCode } from '../../policy/codes.js';
import type { ChoreContext, PartnerContext } from '../../policy/context/partner-context.js';
import { Erasure, type ErasureConnection } from './erasure.entity.js';

/** Who may hold a text about another organisation’s people: the network decides on them. */
const holders = [networkCode];

/** The most holders that one run tells. */
const mostTold = 100;

const tell = 'mutation EraseTexts($person: ID!) { eraseTexts(person: $person) }';

/** Notes in the transaction of an erasure that others have to remove their texts too. */
export async function noteErasure(
  manager: EntityManager,
  person: string,
  { clock }: Pick<PartnerContext, 'clock'>,
): Promise<void> {
  const at = clock().toISOString();
  const rows = holders.map((holder) => ({ id: `${person}/${holder}`, person, holder, at }));
  await manager.upsert(
    Erasure,
    rows.map((row) => ({ ...row, removedAt: null })),
    ['id'],
  );
}

/**
 * Tells the holders of all outstanding erasures in the partner’s own name, and notes who has
 * confirmed. A holder that is unavailable is told again later.
 * @param person only of this person. @default of everybody
 * @returns whether nothing is outstanding
 */
export async function eraseElsewhere(
  { source, askHub, clock }: Pick<ChoreContext, 'source' | 'askHub' | 'clock'>,
  person?: string,
): Promise<boolean> {
  const outstanding = await source.manager.find(Erasure, {
    where: { removedAt: IsNull(), ...(person !== undefined && { person }) },
    order: { at: 'ASC', id: 'ASC' },
    take: mostTold,
  });
  let isDone = outstanding.length < mostTold;
  for (const { id, at, person: erased } of outstanding) {
    const said = await askHub(tell, { person: erased }).catch(() => undefined);
    if (said?.['eraseTexts'] !== true) isDone = false;
    else {
      const removedAt = clock().toISOString();
      // An erasure that was repeated meanwhile is told again.
      await inTransaction(source, (manager) => manager.update(Erasure, { id, at }, { removedAt }));
    }
  }
  return isDone;
}

/** A page of a partner’s erasures, by id. */
export function readErasures(
  { source }: Pick<PartnerContext, 'source'>,
  page: PageArguments,
  isOutstanding: boolean | null | undefined,
): Promise<ErasureConnection> {
  const rows = source.manager.createQueryBuilder(Erasure, 'erasure');
  if (isOutstanding != null) rows.where(`erasure.removedAt IS ${isOutstanding ? '' : 'NOT '}NULL`);
  return readPage(rows, byId, page);
}
