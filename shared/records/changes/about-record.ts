interface About {
  readonly type: string;
  /** The property with the record’s id. */
  readonly property: string;
}

const records = new WeakMap<object, About>();

/**
 * Declares that the rows of an entity say something about a record of this type, which may be
 * another organisation’s. Notices of changes then name the type.
 * @example
 * ```ts
 * @Entity({ name: 'stop_confirmations' })
 * @AboutRecord('ItineraryStop', 'stopId')
 * export class StopConfirmation { … }
 * ```
 */
export const AboutRecord =
  (type: string, property: string): ClassDecorator =>
  (entity) => {
    records.set(entity, { type, property });
  };

export const aboutRecord = (entity: Function | string): About | undefined =>
  typeof entity === 'string' ? undefined : records.get(entity);
