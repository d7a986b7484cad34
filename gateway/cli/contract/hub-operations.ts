import { parse, validate, type GraphQLSchema } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HubPlugin } from '../../hub-plugin.js';
import { plugins } from '../../plugins/list.js';
import type { Application } from '../../server/applications.js';

interface HubOperation {
  readonly name: string;
  readonly text: string;
}

/** The operations of a plugin. */
function readFolder({ kind, folder }: NonNullable<HubPlugin['documents']>): HubOperation[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => ({
      name: `The ${kind} ${name.replace('.graphql', '')}`,
      text: readFileSync(join(folder, name), 'utf8'),
    }));
}

function isValid(schema: GraphQLSchema, text: string): boolean {
  try {
    return validate(schema, parse(text)).length === 0;
  } catch {
    // A document that is not GraphQL fails with any graph.
    return false;
  }
}

/** The trusted documents of one application that would fail, and that nobody has sent lately. */
export interface IdleDocuments {
  /** Its name and version. */
  readonly application: string;
  /** The code of the organisation that is responsible for it. */
  readonly owner: string;
  /** Their hashes. */
  readonly documents: readonly string[];
}

/**
 * The trusted documents that one graph has, and the next one no longer, by application.
 * @param sent the hashes of operations that clients have sent: they are counted as usage
 */
export function findIdleDocuments(
  applications: readonly Application[],
  { before, after }: Readonly<Record<'before' | 'after', GraphQLSchema>>,
  sent: ReadonlySet<string>,
): IdleDocuments[] {
  return applications.flatMap(({ name, version, owner, documents }) => {
    const found = [...documents].filter(
      ([hash, text]) => !sent.has(hash) && isValid(before, text) && !isValid(after, text),
    );
    if (found.length === 0) return [];
    const application = `${name} ${version}`;
    return [{ application, owner, documents: found.map(([hash]) => hash) }];
  });
}

/** The names of the hub’s own operations that one graph has, and the next one no longer. */
export function findBrokenOperations(before: GraphQLSchema, after: GraphQLSchema): string[] {
  return plugins
    .flatMap(({ documents }) => (documents ? readFolder(documents) : []))
    .filter(({ text }) => isValid(before, text) && !isValid(after, text))
    .map(({ name }) => name);
}
