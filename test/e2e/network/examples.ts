import { Kind, parse, print } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloneFolder } from './running-command.js';

/** A runnable operation of a partner’s `examples.graphql`. */
export interface Example {
  readonly partner: string;
  readonly name: string;
  readonly query: string;
}

/** All operations of all `examples.graphql`. */
export const examples: readonly Example[] = ['nbnp', 'ncm-offices', 'national-police'].flatMap(
  (partner) => {
    const text = readFileSync(join(cloneFolder, 'subgraphs', partner, 'examples.graphql'), 'utf8');
    return parse(text).definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION
        ? [{ partner, name: node.name?.value ?? '', query: print(node) }]
        : [],
    );
  },
);

export function exampleOf(name: string): string {
  const example = examples.find((candidate) => candidate.name === name);
  if (!example) throw new Error(`No examples.graphql has ${name}.`);
  return example.query;
}
