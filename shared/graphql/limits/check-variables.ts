import type { OperationLimits } from './limits.js';
import { tooComplex } from './too-complex.js';

/**
 * Checks the limits of variables. A megabyte of JSON can be half a million nested lists, which
 * parse, but which would overflow the stack of any recursive function. So this is not recursive.
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
