interface Part {
  /** The field of the record that shows the rows. */
  readonly field: string;
  /** The properties with the record’s id. The first one that is not null counts. */
  readonly owners: readonly string[];
}

const parts = new WeakMap<object, Part>();

/**
 * Declares that the rows of an entity are a list of another record. A change of such a row is a
 * change of that record’s field.
 * @example
 * ```ts
 * @Entity({ name: 'visit_hosts' })
 * @PartOf('hostCountries', 'visitId')
 * export class VisitHost { … }
 * ```
 */
export const PartOf =
  (field: string, ...owners: readonly string[]): ClassDecorator =>
  (entity) => {
    parts.set(entity, { field, owners });
  };

export const partOf = (entity: Function | string): Part | undefined =>
  typeof entity === 'string' ? undefined : parts.get(entity);
