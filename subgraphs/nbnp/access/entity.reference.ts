import type { ReferenceResolver } from '@hub/shared/partner';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** The fields of a representation that its other owners have filled in, as a field of ours reads them. */
export type ReadRequired<Row> = (representation: Readonly<Record<string, unknown>>) => Partial<Row>;

/** Takes these fields from a representation as they are. */
export const required =
  <Row>(...fields: readonly (keyof Row & string)[]): ReadRequired<Row> =>
  (representation) =>
    Object.fromEntries(
      fields
        .filter((field) => field in representation)
        .map((field) => [field, representation[field]]),
    ) as Partial<Row>;

/**
 * A copy with the required values: the loaded row itself is shared by all who load it in this request, policies among
 * them, and is whole for them.
 */
export function withRequired<Row extends object>(row: Row, values: Partial<Row>): Row {
  return Object.assign(Object.create(Object.getPrototypeOf(row) as object) as Row, row, values);
}

/** Finds a record of the network’s own; null for an id that it does not have. */
export const resolveOwn =
  <Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    read: ReadRequired<Row> = () => ({}),
  ): ReferenceResolver =>
  async (representation, { loaders }) => {
    const { id } = representation;
    const row = typeof id === 'string' ? await loaders.one<Row>(entity).load(id) : null;
    return row && withRequired(row, read(representation));
  };

/** What the network adds to another organisation’s record is never null: the key, with nothing, for one it does not know. */
export const resolveKey: ReferenceResolver = (representation) => representation;
