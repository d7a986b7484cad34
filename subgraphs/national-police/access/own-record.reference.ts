import type { ReferenceResolver } from '@hub/shared/partner';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** True for an id of this police’s own records. */
export const isOwn = (partner: string, id: string): boolean => id.startsWith(`${partner}:`);

/** Finds a record of this police by its id; null for one that it does not have. */
export const resolveOwn =
  <Row extends ObjectLiteral>(entity: EntityTarget<Row>): ReferenceResolver =>
  ({ id }, { partner, loaders }) =>
    typeof id === 'string' && isOwn(partner, id) ? loaders.one<Row>(entity).load(id) : null;
