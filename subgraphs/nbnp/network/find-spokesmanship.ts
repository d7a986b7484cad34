import type { OrderKey } from '@hub/shared/database';
import { LessThanOrEqual, MoreThanOrEqual, type DataSource } from 'typeorm';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';

/** In the order of the sources, which is chronological where there are dates. */
export const spokesmanshipOrder: readonly OrderKey[] = [
  { property: 'position' },
  { property: 'id' },
];

/** The term that covers a day; if two do, the later one. Null if none is documented. */
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
