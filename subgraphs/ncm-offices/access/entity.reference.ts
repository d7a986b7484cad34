import type { ReferenceResolver } from '@hub/shared/partner';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** Finds one of the offices' own records; null for an unknown id. */
export const resolveOwn =
  <Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    key?: Extract<keyof Row, string>,
  ): ReferenceResolver =>
  (representation, { loaders }) => {
    const id = representation[key ?? 'id'];
    return typeof id === 'string' ? loaders.one<Row>(entity, key).load(id) : null;
  };
