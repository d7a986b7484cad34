import type { AskHub } from '../policy/context/ask-hub.js';

/** A fact of another organisation, as the hub would return it. Null if there is none. */
export type TestFact = Readonly<Record<string, unknown>> | null;

/** A hub that returns facts, and the requests that it got. */
export interface FactsHub {
  readonly askHub: AskHub;
  /** For each request to the hub: its fields and ids, as `group nbnp:g`. */
  readonly asked: readonly (readonly string[])[];
}

/**
 * Simulates the hub for policies and mutations, in tests that are not about the hub.
 * @param answer the fact of a root field (`group`) for an id; an error is the hub’s refusal
 */
export function createFactsHub(answer: (field: string, id: string) => TestFact): FactsHub {
  const asked: string[][] = [];
  return {
    asked,
    async askHub(query, variables = {}) {
      const fields = [...query.matchAll(/(?:(\w+): )?(\w+)\(id: \$(\w+)\)/g)].map(
        ([, key, field = '', variable = '']) => ({
          key: key ?? field,
          field,
          id: String(variables[variable]),
        }),
      );
      asked.push(fields.map(({ field, id }) => `${field} ${id}`));
      return Object.fromEntries(fields.map(({ key, field, id }) => [key, answer(field, id)]));
    },
  };
}
