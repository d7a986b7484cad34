import type { ComposedType } from '../composed-graph.js';
import { listCoordinates } from '../field-set.js';
import { isRoot, ownersOfField } from '../ownership.js';
import type { Rule } from '../rule.js';

const hasKey = ({ parts }: ComposedType): boolean => parts.some(({ key }) => key !== undefined);

/**
 * A field that two subgraphs resolve may come from either. So a partner could replace the values of
 * another by its own. Types without a key are always read from the subgraph that returned them.
 */
export const sharedField: Rule = ({ candidate, before, after }) =>
  [...after.types.values()]
    .filter((type) => hasKey(type) && !isRoot(type.name))
    .flatMap((type) => {
      const keys = type.parts.flatMap(({ graph, key }) =>
        graph === candidate && key !== undefined ? listCoordinates(after, type.name, key) : [],
      );
      return [...type.fields.values()].flatMap(({ coordinate, parts }) => {
        const resolves = parts.some(({ graph, external }) => graph === candidate && !external);
        const owners = ownersOfField(before, coordinate);
        if (!resolves || owners.length === 0 || owners.includes(candidate)) return [];
        // `override` has a rule of its own.
        const takesOver = parts.some(
          (one) => one.graph === candidate && one.override !== undefined,
        );
        if (keys.includes(coordinate) || takesOver) return [];
        return [
          {
            rule: 'shared-field',
            element: coordinate,
            owners,
            message: `${coordinate} belongs to ${owners.join(', ')}, and this schema resolves it too.`,
            accepted: 'Remove the field, or give it another name.',
          },
        ];
      });
    });
