import { isRoot, ownersOfField } from '../ownership.js';
import type { Rule } from '../rule.js';

/** Root fields are names that the whole network shares: only a contract gives them out. */
export const rootField: Rule = ({ candidate, before, after }) =>
  [...after.types.values()]
    .filter(({ name }) => isRoot(name))
    .flatMap(({ fields }) => [...fields.values()])
    .filter(({ parts }) => parts.some(({ graph }) => graph === candidate))
    .filter(({ coordinate }) => !ownersOfField(before, coordinate).includes(candidate))
    .map(({ coordinate }) => ({
      rule: 'root-field',
      element: coordinate,
      owners: ownersOfField(before, coordinate),
      message: `${coordinate} is not in the contract of ${candidate}.`,
      accepted:
        'Remove the field, or propose a next version of the contract that has it. Fields of your own types need no proposal.',
    }));
