import type { ResponsePath } from 'graphql';

/** One restricted field of one object that a request read, or was refused. */
interface Noted {
  readonly type: string;
  readonly field: string;
  /** Empty for an object without an id. */
  readonly id: string;
  /** The id of the person whom the object is about. Null if it is about nobody, or nobody can tell. */
  readonly person: string | null;
}

/** The restricted fields that one request read, or was refused. */
export interface DisclosureNote {
  /** @param path where the value stands in the response. @default it is in each response */
  note(
    type: string,
    field: string,
    id: string,
    person?: string | null,
    path?: ResponsePath | null,
  ): void;
  /** Notes that the caller was refused a field, or with an empty name the object itself. */
  refuse(type: string, field: string, id: string, person: string | null): void;
  /**
   * Says for what an object may be read: the kind of the task that needs it. It counts for the
   * fields of the object that are noted afterwards.
   */
  justify(type: string, id: string, purpose: string): void;
  /** Whether a task needs an object, as {@link justify} has said. */
  isJustified(type: string, id: string): boolean;
  /** Takes out the fields whose values are not in the response. */
  keep(isGiven: (path: ResponsePath) => boolean): void;
  /** By type and purpose, and people by the fields that were read of them. */
  readonly readings: readonly {
    readonly type: string;
    /** The kind of the task that decided the access. @default no task did */
    readonly purpose?: string | undefined;
    readonly fields: readonly string[];
    /** The number of objects. */
    readonly records: number;
    /** The ids of the people whom it is about. @default it is about nobody, or nobody can tell */
    readonly people?: readonly string[];
    /** Whether the caller was refused the fields. @default false */
    readonly isRefused?: boolean;
  }[];
}

type NotedReading = DisclosureNote['readings'][number];

interface NotedField extends Noted {
  readonly purpose: string | undefined;
  readonly path: ResponsePath | null;
  readonly isRefused: boolean;
}

/** Notes the restricted fields that one request reads, never their values. */
export function createDisclosureNote(): DisclosureNote {
  let noted: NotedField[] = [];
  let known: readonly NotedReading[] | undefined;
  const purposes = new Map<string, string>();
  const purposeOf = (type: string, id: string) =>
    purposes.size === 0 ? undefined : purposes.get(`${type} ${id}`);
  const add = (one: NotedField) => {
    noted.push(one);
    known = undefined;
  };
  return {
    note(type, field, id, person = null, path = null) {
      add({ type, field, id, person, path, purpose: purposeOf(type, id), isRefused: false });
    },
    refuse(type, field, id, person) {
      add({ type, field, id, person, path: null, purpose: undefined, isRefused: true });
    },
    justify(type, id, purpose) {
      purposes.set(`${type} ${id}`, purpose);
    },
    isJustified: (type, id) => purposeOf(type, id) !== undefined,
    keep(isGiven) {
      noted = noted.filter(({ path }) => path === null || isGiven(path));
      known = undefined;
    },
    get readings() {
      return (known ??= sumUp(noted));
    },
  };
}

/** Names of fields in order. Equal sets that grew in the same order are one object. */
interface FieldSet {
  readonly fields: readonly string[];
  readonly larger: Map<string, FieldSet>;
}

function extend(set: FieldSet, field: string): FieldSet {
  let found = set.larger.get(field);
  if (found) return found;
  const isIn = field === '' || set.fields.includes(field);
  found = isIn ? set : { fields: [...set.fields, field].toSorted(), larger: new Map() };
  set.larger.set(field, found);
  return found;
}

/** What was noted of one type for one purpose. */
interface Group extends Pick<NotedReading, 'type' | 'purpose' | 'isRefused'> {
  readonly none: FieldSet;
  /** Of objects about nobody, together. */
  fields: FieldSet;
  readonly ids: Set<string>;
  /** Of objects about a person: what was read of each. */
  readonly objects: Map<string, { readonly person: string; fields: FieldSet }>;
}

function sumUp(noted: readonly NotedField[]): NotedReading[] {
  const groups = new Map<string, Group>();
  for (const { type, field, id, person, purpose, isRefused } of noted) {
    const key = isRefused ? `${type} !` : `${type} ${purpose ?? ''}`;
    let group = groups.get(key);
    if (!group) {
      const none: FieldSet = { fields: [], larger: new Map() };
      group = {
        type,
        purpose,
        none,
        fields: none,
        ids: new Set(),
        objects: new Map(),
        ...(isRefused && { isRefused }),
      };
      groups.set(key, group);
    }
    if (person === null) {
      group.ids.add(id);
      group.fields = extend(group.fields, field);
      continue;
    }
    const object = group.objects.get(id || person);
    if (object) object.fields = extend(object.fields, field);
    else group.objects.set(id || person, { person, fields: extend(group.none, field) });
  }
  return [...groups.values()].flatMap(readingsOf);
}

function readingsOf({ type, purpose, isRefused, fields, ids, objects }: Group): NotedReading[] {
  const common = { type, purpose, ...(isRefused && { isRefused }) };
  const readings: NotedReading[] =
    ids.size > 0 ? [{ ...common, fields: fields.fields, records: ids.size }] : [];
  const bySet = new Map<
    string,
    { readonly fields: readonly string[]; records: number; people: Set<string> }
  >();
  for (const { person, fields: own } of objects.values()) {
    const key = own.fields.join(' ');
    const same = bySet.get(key) ?? { fields: own.fields, records: 0, people: new Set() };
    same.records += 1;
    same.people.add(person);
    bySet.set(key, same);
  }
  for (const same of bySet.values())
    readings.push({ ...common, ...same, people: [...same.people] });
  return readings;
}
