import { ownersOfField } from '../ownership.js';
import type { Rule } from '../rule.js';

/** `@override` takes a field over: the hub would ask the new owner instead of the old one. */
export const override: Rule = ({ candidate, before, after }) =>
  [...after.types.values()]
    .flatMap(({ fields }) => [...fields.values()])
    .flatMap(({ coordinate, parts }) => {
      const from = parts.find(({ graph }) => graph === candidate)?.override;
      if (from === undefined || from === candidate) return [];
      const owners = ownersOfField(before, coordinate).filter((owner) => owner !== candidate);
      return [
        {
          rule: 'override',
          element: coordinate,
          owners: owners.length > 0 ? owners : [from],
          message: `${coordinate} is taken over from ${from} by @override.`,
          accepted: `Remove @override, or publish after ${from} has signed a consent for it.`,
        },
      ];
    });
