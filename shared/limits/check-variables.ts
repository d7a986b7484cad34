import type { OperationLimits } from './limits.js';
import { tooComplex } from './too-complex.js';

/**
 * Holds variables to the limits. JSON of a megabyte can be half a million lists inside each other, which parses, but
 * which nothing that calls itself for each of them survives: so this does not.
 * @throws HubError `QUERY_TOO_COMPLEX`
 */
export function checkVariables(
  variables: Readonly<Record<string, unknown>> | undefined,
  { values, nesting }: Pick<OperationLimits, 'values' | 'nesting'>,
): void {
  let level: object[] = variables ? [variables] : [];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > nesting) throw tooComplex('nesting', nesting);
    const inner: object[] = [];
    for (const container of level) {
      const held: unknown[] = Array.isArray(container) ? container : Object.values(container);
      count += held.length;
      if (count > values) throw tooComplex('values', values);
      for (const value of held) if (typeof value === 'object' && value !== null) inner.push(value);
    }
    level = inner;
  }
}
