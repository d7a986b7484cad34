/** The restricted fields that one request read. */
export interface DisclosureNote {
  note(type: string, field: string, id: string): void;
  /**
   * Says for what an object may be read: the kind of the task that needs it. It counts for the
   * fields of the object that are noted afterwards.
   */
  justify(type: string, id: string, purpose: string): void;
  /** By type and purpose: the fields, and the number of objects. */
  readonly readings: readonly {
    readonly type: string;
    /** The kind of the task that decided the access. @default no task did */
    readonly purpose?: string | undefined;
    readonly fields: readonly string[];
    readonly records: number;
    /** The ids of the people whom it is about. @default it is about nobody, or nobody can tell */
    readonly people?: readonly string[];
    /** Whether the caller was refused the fields. @default false */
    readonly isRefused?: boolean;
  }[];
}

interface Noted {
  readonly type: string;
  readonly purpose: string | undefined;
  readonly fields: Set<string>;
  readonly ids: Set<string>;
}

/** Counts the restricted fields that one request reads, never their values. */
export function createDisclosureNote(): DisclosureNote {
  const noted = new Map<string, Noted>();
  const purposes = new Map<string, string>();
  return {
    note(type, field, id) {
      const purpose = purposes.get(`${type} ${id}`);
      const key = `${type} ${purpose ?? ''}`;
      let reading = noted.get(key);
      if (!reading) {
        reading = { type, purpose, fields: new Set(), ids: new Set() };
        noted.set(key, reading);
      }
      reading.fields.add(field);
      reading.ids.add(id);
    },
    justify(type, id, purpose) {
      purposes.set(`${type} ${id}`, purpose);
    },
    get readings() {
      return [...noted.values()].map(({ type, purpose, fields, ids }) => ({
        type,
        purpose,
        fields: [...fields].toSorted(),
        records: ids.size,
      }));
    },
  };
}
