import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { HubError } from '../errors/hub-error.js';
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

/**
 * Asks a simulated hub for one kind of facts at a time, as `f0`, `f1` and so on, where a partner
 * asks for several kinds together. What the hub refuses of one kind is missing of that kind.
 */
export const askEachKind =
  (ask: AskHub): AskHub =>
  async (query, variables = {}, options = {}) => {
    const kinds = readKinds(query);
    const found: Record<string, unknown> = {};
    for (const { text, keys } of kinds) {
      const own = Object.fromEntries(
        keys.map((key, at) => [`id${at}`, variables[`id${key.slice(1)}`]]),
      );
      const declared = keys.map((_, at) => `$id${at}: ID!`).join(', ');
      const fields = keys.map((_, at) => `f${at}: ${text.replace('$id', `$id${at}`)}`);
      const keyOf = (part: unknown) => keys[Number(String(part).slice(1))] ?? keys[0] ?? '';
      try {
        const answer = await ask(`query PolicyFacts(${declared}) { ${fields.join(' ')} }`, own, {
          ...options,
          onMissing: (error, [key, ...path]) => options.onMissing?.(error, [keyOf(key), ...path]),
        });
        for (const [key, value] of Object.entries(answer)) found[keyOf(key)] = value;
      } catch (error) {
        if (!(error instanceof HubError) || kinds.length === 1) throw error;
        keys.forEach((key) => options.onMissing?.(error, [key]));
      }
    }
    return found;
  };

/** The fields of facts without their keys, and the keys of each. */
function readKinds(query: string): { readonly text: string; readonly keys: string[] }[] {
  const [operation] = parse(query).definitions as OperationDefinitionNode[];
  const kinds = new Map<string, string[]>();
  for (const field of operation?.selectionSet.selections ?? []) {
    if (field.kind !== Kind.FIELD || !field.alias || !field.loc) continue;
    const text = query.slice(field.name.loc?.start, field.loc.end).replace(/\$id\d+/, '$id');
    kinds.set(text, [...(kinds.get(text) ?? []), field.alias.value]);
  }
  return [...kinds].map(([text, keys]) => ({ text, keys }));
}
