import type { OrderKey } from '@hub/shared/database';
import { LessThanOrEqual, MoreThanOrEqual, type DataSource } from 'typeorm';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';

/** As the sources tell them, which is the order of time where there are dates. */
export const spokesmanshipOrder: readonly OrderKey[] = [
  { property: 'position' },
  { property: 'id' },
];

/** The term that answers for a day; of two that do, the later one. Null where nobody has documented one. */
export function findSpokesmanship(
  source: DataSource,
  bodyId: string,
  on: string,
): Promise<Spokesmanship | null> {
  return source.getRepository(Spokesmanship).findOne({
    where: { bodyId, answersFrom: LessThanOrEqual(on), answersTo: MoreThanOrEqual(on) },
    order: { answersFrom: 'DESC', id: 'ASC' },
  });
}
