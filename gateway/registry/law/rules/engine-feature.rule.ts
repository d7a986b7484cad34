import type { Rule } from '../rule.js';

/** The specifications that the engine and the hub know. */
const known = new Set(['link', 'join', 'tag', 'inaccessible']);

/** The directives that bring each other specification into a supergraph. */
const directiveOf: Readonly<Record<string, string>> = {
  authenticated: '@authenticated',
  requiresScopes: '@requiresScopes',
  policy: '@policy',
  context: '@context and @fromContext',
  cost: '@cost and @listSize',
  source: '@source',
  connect: '@connect',
};

/** The engine cannot load `@authenticated` and its like; the hub plans for nothing else it does not know. */
export const engineFeature: Rule = ({ before, after }) => {
  const agreed = new Set(before.features.map(({ name }) => name));
  return after.features
    .filter(({ name }) => !known.has(name) && !agreed.has(name))
    .map(({ name, url }) => {
      const used = after.marks.find(({ directive }) => directive === name);
      return {
        rule: 'engine-feature',
        element: used?.element ?? url,
        owners: [],
        message: `${directiveOf[name] ?? url} cannot be loaded by the hub.`,
        accepted: 'Check access in your own server: it decides who reads each field.',
      };
    });
};
