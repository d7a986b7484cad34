import type { ReferenceResolver } from '@hub/shared/partner';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** True for an id of this police force’s own records. */
export const isOwn = (partner: string, id: string): boolean => id.startsWith(`${partner}:`);

/** Finds a record of this police force by its id; null for an unknown id. */
export const resolveOwn =
  <Row extends ObjectLiteral>(entity: EntityTarget<Row>): ReferenceResolver =>
  ({ id }, { partner, loaders }) =>
    typeof id === 'string' && isOwn(partner, id) ? loaders.one<Row>(entity).load(id) : null;
