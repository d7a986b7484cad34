interface Part {
  /** The field of the record that the rows are shown as. */
  readonly field: string;
  /** The properties that hold the record’s id; the first that is not null does. */
  readonly owners: readonly string[];
}

const parts = new WeakMap<object, Part>();

/**
 * Says of an entity that its rows are a list of another record, which has the id: a change of such a row is one of that
 * record’s field.
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
