import { Kind, parse, type ConstDirectiveNode } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageFolder } from '../registry/package-folder.js';

const settingsSchema = z.strictObject({
  /** The number of entities of each type, and the prefix of their keys. */
  entities: z.record(z.string(), z.strictObject({ count: z.int().min(1), prefix: z.string() })),
  /** The number of items of each list field. */
  lists: z.record(z.string(), z.int().min(0)),
  /** The number of letters of each text. */
  texts: z.record(z.string(), z.int().min(1)),
  /**
   * For each shape, the variables of its operation: the key of an entity, different in each
   * request.
   */
  operations: z.record(z.string(), z.record(z.string(), z.string())),
  /**
   * What is not invented: the fields of each type, by the key of the object, which is empty for
   * `Query`. Of an entity, the key.
   */
  rows: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.json()))),
});

export interface BenchSubgraph {
  readonly name: string;
  readonly sdl: string;
}

/** A graph to measure with: its subgraphs, operations, and the size of the invented responses. */
export interface BenchGraph {
  readonly subgraphs: readonly BenchSubgraph[];
  readonly settings: z.output<typeof settingsSchema>;
  /** The field that is the key of each entity type. */
  readonly keyFields: ReadonlyMap<string, string>;
}

export interface BenchRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
}

const folder = join(packageFolder, 'bench', 'graph');

/** Requests of one shape that differ only in their variables. */
const differentRequests = 64;

/** Reads the subgraphs (`<name>.graphql`), operations (`<shape>.graphql`) and `graph.json`. */
export function readGraph(): BenchGraph {
  const settings = settingsSchema.parse(
    JSON.parse(readFileSync(join(folder, 'graph.json'), 'utf8')),
  );
  const subgraphs = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => ({
      name: file.slice(0, -'.graphql'.length),
      sdl: readFileSync(join(folder, file), 'utf8'),
    }))
    .filter(({ name }) => !(name in settings.operations))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { subgraphs, settings, keyFields: readKeyFields(subgraphs) };
}

function readKeyFields(subgraphs: readonly BenchSubgraph[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { sdl } of subgraphs) {
    for (const definition of parse(sdl).definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      const key = definition.directives?.find(({ name }) => name.value === 'key');
      if (key) found.set(definition.name.value, readFields(key));
    }
  }
  return found;
}

function readFields({ arguments: given = [] }: ConstDirectiveNode): string {
  const value = given.find(({ name }) => name.value === 'fields')?.value;
  if (value?.kind !== Kind.STRING || !/^\w+$/.test(value.value))
    throw new Error('The bench supports only keys of one field.');
  return value.value;
}

/** The requests of a shape, each for another entity; one if it has no variable. */
export function readRequests({ settings }: BenchGraph, shape: string): BenchRequest[] {
  const query = readFileSync(join(folder, `${shape}.graphql`), 'utf8');
  const variables = Object.entries(settings.operations[shape] ?? {});
  const entityOf = (type: string) => {
    const entity = settings.entities[type];
    if (!entity) throw new Error(`graph.json has no entry for ${type}.`);
    return entity;
  };
  const counts = variables.map(([, type]) => entityOf(type).count);
  const length = counts.length === 0 ? 1 : Math.min(differentRequests, ...counts);
  return Array.from({ length }, (_, index) => ({
    query,
    variables: Object.fromEntries(
      variables.map(([name, type]) => [name, `${entityOf(type).prefix}${index}`]),
    ),
  }));
}
