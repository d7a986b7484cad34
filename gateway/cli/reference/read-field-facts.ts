import { Kind, parse } from 'graphql';
import { readAccess } from './read-access.js';

/** What one kind of partner publishes about its part of the graph. */
export interface PublishedPart {
  /** The name of the contract: `nbnp` */
  readonly name: string;
  /** The contract’s SDL. */
  readonly sdl: string;
  /** The text of its `access.md`. @default everybody reads everything, as of the hub’s own part */
  readonly access?: string;
}

/** For each field, its owners (contracts) and who reads it there, in words. */
export type FieldFacts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const everybody = 'everybody';

/** The coordinates of the fields that a contract resolves itself. */
export function listOwnFields(sdl: string): string[] {
  return parse(sdl, { noLocation: true }).definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
      ? (node.fields ?? [])
          .filter(({ directives }) => !directives?.some(({ name }) => name.value === 'external'))
          .map((field) => `${node.name.value}.${field.name.value}`)
      : [],
  );
}

/**
 * The owners of each field, and who reads it there.
 * @throws if an owner does not say who reads a field
 */
export function readFieldFacts(parts: readonly PublishedPart[]): FieldFacts {
  const facts: Record<string, Record<string, string>> = {};
  for (const { name, sdl, access } of parts) {
    const rules = access === undefined ? undefined : readAccess(access);
    for (const coordinate of listOwnFields(sdl)) {
      const words = rules ? rules.get(coordinate)?.readers : everybody;
      if (words === undefined) throw new Error(`access.md of ${name} lacks ${coordinate}.`);
      (facts[coordinate] ??= {})[name] = words;
    }
  }
  const names = Object.keys(facts).toSorted();
  return Object.fromEntries(names.map((name) => [name, facts[name] ?? {}]));
}

/** What `explorer/generated/field-facts.json` has to say. */
export const printFieldFacts = (parts: readonly PublishedPart[]): string =>
  `${JSON.stringify(readFieldFacts(parts), undefined, 2)}\n`;
