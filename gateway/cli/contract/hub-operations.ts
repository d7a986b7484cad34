import { parse, validate, type GraphQLSchema } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../registry/package-folder.js';

interface HubOperation {
  readonly name: string;
  readonly text: string;
}

/** The operations of one of the hub’s rooms. */
function readFolder(room: string, what: string): HubOperation[] {
  const folder = join(packageFolder, room, 'documents');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => ({
      name: `The ${what} ${name.replace('.graphql', '')}`,
      text: readFileSync(join(folder, name), 'utf8'),
    }));
}

/** The names of the hub’s own operations that one graph has, and the next one no longer. */
export function findBrokenOperations(before: GraphQLSchema, after: GraphQLSchema): string[] {
  const operations = [...readFolder('exports', 'export'), ...readFolder('mcp', 'tool')];
  const isValid = (schema: GraphQLSchema, text: string) =>
    validate(schema, parse(text)).length === 0;
  return operations
    .filter(({ text }) => isValid(before, text) && !isValid(after, text))
    .map(({ name }) => name);
}
