import type { AskHub } from '../context/index.js';

/** A fact of another organisation’s, as the hub would answer it; null where there is no such thing. */
export type TestFact = Readonly<Record<string, unknown>> | null;

/** A hub that can be asked, and what it was asked. */
export interface FactsHub {
  readonly askHub: AskHub;
  /** For each question to the hub: the fields and ids in it, as `group nbnp:g`. */
  readonly asked: readonly (readonly string[])[];
}

/**
 * Answers what policies and mutations ask of the hub, where a test is about those and not about the hub.
 * @param answer the fact that a root field (`group`) gives for an id; what it throws is the hub’s refusal
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
