import type { GraphQLSchema } from 'graphql';
import type { Rewrite } from '../planning/query-plan.js';
import type { Row } from './tree.js';
import { typeNamesOf } from './type-names.js';

const onType = '... on ';

/**
 * Compiles the rewrites of the engine’s planner, for representations and for results. They rename
 * fields that would clash, and set the types of interface objects.
 */
export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly Rewrite[] | undefined,
): ((value: Row) => void) | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const all = rewrites.map((rewrite) => compileRewrite(schema, rewrite));
  return (value) => {
    for (const apply of all) apply(value, 0);
  };
}

function compileRewrite(
  schema: GraphQLSchema,
  rewrite: Rewrite,
): (value: unknown, depth: number) => void {
  const last = rewrite.path.at(-1) ?? '';
  const steps = rewrite.path.slice(0, -1).map((step) => {
    const names = step.startsWith(onType) && typeNamesOf(schema, step.slice(onType.length));
    return { key: step, names: names || undefined };
  });
  const change = (row: Row): void => {
    if (rewrite.kind === 'ValueSetter') {
      row[last] = rewrite.setValueTo as unknown;
    } else if (Object.hasOwn(row, last) && row[last]) {
      row[rewrite.renameKeyTo] = row[last];
      row[last] = undefined;
    }
  };
  const apply = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      for (const item of value) apply(item, depth);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const row = value as Row;
    const step = steps[depth];
    if (!step) change(row);
    else if (!step.names) {
      if (Object.hasOwn(row, step.key)) apply(row[step.key], depth + 1);
      // What says no type is taken to be of the type.
    } else if (!row.__typename || step.names.has(row.__typename)) apply(row, depth + 1);
  };
  return apply;
}
