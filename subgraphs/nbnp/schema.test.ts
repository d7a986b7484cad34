import { packageFile } from '@hub/shared/seed';
import {
  buildASTSchema,
  findBreakingChanges,
  findDangerousChanges,
  parse,
  print,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { definition } from './partner.js';

const contract = packageFile(import.meta.url, '../../../shared/contract/nbnp.graphql');
const additions = packageFile(import.meta.url, '../../gateway/contracts/nbnp.additions.graphql');

const left: readonly string[] = ['SchemaExtension', 'SchemaDefinition', 'DirectiveDefinition'];

/** How the hub spreads the fields stands in the contract alone. */
const isSpread = ({ name }: DirectiveNode) => ['route', 'gather'].includes(name.value);

function parseTypes(sdl: string): DocumentNode {
  const document = parse(sdl);
  const definitions = document.definitions.filter(({ kind }) => !left.includes(kind));
  return { ...document, definitions };
}

/** Every description and directive, by schema coordinate. The scalars' descriptions are the kit's. */
function readNotes(document: DocumentNode): Record<string, string> {
  const notes: Record<string, string> = {};
  const path: string[] = [];
  visit(document, {
    enter(node) {
      if (!('name' in node) || !node.name || node.kind === 'Directive' || node.kind === 'NamedType')
        return;
      path.push(node.name.value);
      if (node.kind === 'ScalarTypeDefinition') return;
      const description = 'description' in node ? (node.description?.value ?? '') : '';
      const directives =
        'directives' in node
          ? (node.directives ?? []).filter((one) => !isSpread(one)).map(print)
          : [];
      const note = [description, ...directives].join(' ').trim();
      if (note) notes[path.join('.')] = note;
    },
    leave(node) {
      if (!('name' in node) || !node.name || node.kind === 'Directive' || node.kind === 'NamedType')
        return;
      path.pop();
    },
  });
  return notes;
}

const changes = (from: GraphQLSchema, to: GraphQLSchema) =>
  [...findBreakingChanges(from, to), ...findDangerousChanges(from, to)].map(
    (change) => change.description,
  );

describe('schema.graphql', () => {
  it('is what the classes say', async () => {
    const { sdl } = await definition.createSubgraph(definition.policies);
    expect(readFileSync(packageFile(import.meta.url, 'schema.graphql'), 'utf8')).toBe(sdl);
  });

  // The contract lies beside the project's own workplace, not in a fresh clone; the hub's copy is held against it there.
  if (existsSync(contract)) {
    it('is the contract: types, arguments, defaults, descriptions and keys', async () => {
      const agreed = parseTypes(
        [contract, additions].map((file) => readFileSync(file, 'utf8')).join('\n'),
      );
      const offered = parseTypes((await definition.createSubgraph(definition.policies)).sdl);
      const [from, to] = [agreed, offered].map((ast) =>
        buildASTSchema(ast, { assumeValidSDL: true }),
      ) as [GraphQLSchema, GraphQLSchema];
      expect(changes(from, to)).toEqual([]);
      expect(changes(to, from)).toEqual([]);
      expect(readNotes(offered)).toEqual(readNotes(agreed));
    });
  }
});
