import { HubError } from '@hub/shared/errors';
import type { ReferenceResolver } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** The fields of a representation that other subgraphs resolved, as our fields read them. */
export type ReadRequired<Row> = (representation: Readonly<Record<string, unknown>>) => Partial<Row>;

/** Copies these fields from a representation unchanged. */
export const required =
  <Row>(...fields: readonly (keyof Row & string)[]): ReadRequired<Row> =>
  (representation) =>
    Object.fromEntries(
      fields
        .filter((field) => field in representation)
        .map((field) => [field, representation[field]]),
    ) as Partial<Row>;

/**
 * Copies the row and adds the required values. The loaded row itself stays unchanged, because
 * everything in this request that loads it, policies included, shares it.
 */
export function withRequired<Row extends object>(row: Row, values: Partial<Row>): Row {
  return Object.assign(Object.create(Object.getPrototypeOf(row) as object) as Row, row, values);
}

/** Finds one of the network’s own records; null for an unknown id. */
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

/**
 * Finds the network’s record that another organisation refers to; null without an id.
 * @param mayLearn whether the caller may learn that there is no such record
 * @throws HubError `DANGLING_REFERENCE` with the id, if there is none
 */
export async function findReferred<Row extends ObjectLiteral>(
  entity: EntityTarget<Row>,
  id: string | null | undefined,
  { loaders }: Pick<PartnerContext, 'loaders'>,
  mayLearn = true,
): Promise<Row | null> {
  if (id == null) return null;
  const row = await loaders.one<Row>(entity).load(id);
  if (!row && mayLearn) throw new HubError('DANGLING_REFERENCE', { id });
  return row;
}
