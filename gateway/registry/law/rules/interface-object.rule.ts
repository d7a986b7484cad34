import type { Rule } from '../rule.js';

/** `@interfaceObject` adds fields to every type of another’s interface at once. */
export const interfaceObject: Rule = ({ candidate, before, after }) =>
  [...after.types.values()].flatMap(({ name, parts }) => {
    const isOne = (part: (typeof parts)[number]) =>
      part.graph === candidate && part.isInterfaceObject;
    const known = before.types.get(name)?.parts ?? [];
    if (!parts.some(isOne) || known.some(isOne)) return [];
    const owners = [...new Set(known.map(({ graph }) => graph))].filter(
      (graph) => graph !== candidate,
    );
    return [
      {
        rule: 'interface-object',
        element: name,
        owners,
        message: `${name} is an @interfaceObject: it adds fields to all types of another’s interface.`,
        accepted:
          'Add fields to each type by its @key, or publish after its owners have consented.',
      },
    ];
  });
