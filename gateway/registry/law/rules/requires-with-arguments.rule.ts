import type { Rule } from '../rule.js';

/** The engine plans `@requires` on a field with arguments wrongly. */
export const requiresWithArguments: Rule = ({ candidate, before, after }) =>
  [...after.types.values()].flatMap(({ name, fields }) =>
    [...fields].flatMap(([field, { coordinate, args, parts }]) => {
      const requires = (all: typeof parts = []) =>
        all.some((part) => part.graph === candidate && part.requires !== undefined);
      if (args.size === 0 || !requires(parts)) return [];
      const known = before.types.get(name)?.fields.get(field);
      if (known && known.args.size > 0 && requires(known.parts)) return [];
      return [
        {
          rule: 'requires-with-arguments',
          element: coordinate,
          owners: [],
          message: `${coordinate} has arguments and @requires. The engine plans such fields wrongly.`,
          accepted: 'Give the field no arguments, or let it require nothing.',
        },
      ];
    }),
  );
