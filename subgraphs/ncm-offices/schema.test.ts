import { packageFile } from '@hub/shared/seed';
import {
  buildASTSchema,
  findBreakingChanges,
  findDangerousChanges,
  parse,
  print,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { definition } from './partner.js';

const contract = packageFile(import.meta.url, '../../../shared/contract/ncm-offices.graphql');
const additions = packageFile(
  import.meta.url,
  '../../gateway/contracts/ncm-offices.additions.graphql',
);

/** What a schema says beside its links to federation. */
function parseSchema(sdl: string): DocumentNode {
  const document = parse(sdl);
  const definitions = document.definitions.filter(
    ({ kind }) => kind !== 'SchemaExtension' && kind !== 'SchemaDefinition',
  );
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
      const directives = 'directives' in node ? (node.directives ?? []).map(print) : [];
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
      const agreed = parseSchema(
        [contract, additions].map((file) => readFileSync(file, 'utf8')).join('\n'),
      );
      const offered = parseSchema((await definition.createSubgraph(definition.policies)).sdl);
      const [from, to] = [agreed, offered].map((ast) =>
        buildASTSchema(ast, { assumeValidSDL: true }),
      ) as [GraphQLSchema, GraphQLSchema];
      expect(changes(from, to)).toEqual([]);
      expect(changes(to, from)).toEqual([]);
      expect(readNotes(offered)).toEqual(readNotes(agreed));
    });
  }
});
