import { recordedLevels } from '@hub/shared/policy';
import { readAccess } from './read-access.js';
import { listOwnFields, type PublishedPart } from './read-field-facts.js';

/**
 * Whether each field is restricted: an owner records who reads it, because it concerns a person or a
 * journey.
 * @throws if an owner does not say who reads a field
 */
export function readRestrictedFields(
  parts: readonly PublishedPart[],
): Readonly<Record<string, boolean>> {
  const restricted: Record<string, boolean> = {};
  for (const { name, sdl, access } of parts) {
    const rules = access === undefined ? undefined : readAccess(access);
    for (const coordinate of listOwnFields(sdl)) {
      const level = rules ? rules.get(coordinate)?.level : '';
      if (level === undefined) throw new Error(`access.md of ${name} lacks ${coordinate}.`);
      restricted[coordinate] ||= recordedLevels.has(level);
    }
  }
  const names = Object.keys(restricted).toSorted();
  return Object.fromEntries(names.map((name) => [name, restricted[name] ?? true]));
}
