/** The restricted fields that one request read. */
export interface DisclosureNote {
  note(type: string, field: string, id: string): void;
  /** By type: the fields, and the number of objects. */
  readonly readings: readonly {
    readonly type: string;
    readonly fields: readonly string[];
    readonly records: number;
  }[];
}

/** Counts the restricted fields that one request reads, never their values. */
export function createDisclosureNote(): DisclosureNote {
  const types = new Map<string, { readonly fields: Set<string>; readonly ids: Set<string> }>();
  return {
    note(type, field, id) {
      let reading = types.get(type);
      if (!reading) {
        reading = { fields: new Set(), ids: new Set() };
        types.set(type, reading);
      }
      reading.fields.add(field);
      reading.ids.add(id);
    },
    get readings() {
      return [...types].map(([type, { fields, ids }]) => ({
        type,
        fields: [...fields].toSorted(),
        records: ids.size,
      }));
    },
  };
}
