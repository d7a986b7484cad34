import { anonymous, type Reader, type tokens } from '@hub/shared/identity';
import { participantOf, readerOf, type TestResponse } from '@hub/shared/testing';

export type Path = readonly (string | number)[];

/**
 * `read`, `null` for an empty value, `absent` if the response has no such object, or the error’s
 * code.
 */
export type Outcome = string;

const roles: readonly tokens.Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];

/** Callers by name: anonymous, a participant, and each role of each of these organisations. */
export const readersOf = (organisations: readonly string[]): ReadonlyMap<string, Reader> =>
  new Map([
    ['anonymous', anonymous],
    ['a participant who is not concerned', participantOf('dk:nobody')],
    ...organisations.flatMap((organisation) =>
      roles.map((role) => [`${role} of ${organisation}`, readerOf(organisation, role)] as const),
    ),
  ]);

/** The path to the object that has this id under the alias `key`. */
export function findPath(value: unknown, key: string, path: Path = []): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('key' in value && value.key === key) return path;
  for (const [name, child] of Object.entries(value)) {
    const found = findPath(child, key, [...path, Array.isArray(value) ? Number(name) : name]);
    if (found) return found;
  }
  return undefined;
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    data,
  );

const isWithin = (outer: Path, inner: Path): boolean =>
  outer.every((key, index) => inner[index] === key);

/** The outcome of each field of the object at a path of a response. */
export function outcomesOf(
  { data, errors = [] }: TestResponse,
  path: Path | undefined,
  fields: readonly string[],
): Record<string, Outcome> {
  const outcomeOf = (field: string): Outcome => {
    if (!path) return 'absent';
    // An error at a non-null field makes the whole object null.
    const isGone = valueAt(data, path) === null;
    const refusal = errors.find(
      ({ path: place }) =>
        place && (isWithin(place, [...path, field]) || (isGone && isWithin(path, place))),
    );
    if (refusal) return refusal.extensions.code;
    const value = valueAt(data, [...path, field]);
    if (value === undefined) return 'absent';
    return value === null ? 'null' : 'read';
  };
  return Object.fromEntries(fields.map((field) => [field, outcomeOf(field)]));
}
