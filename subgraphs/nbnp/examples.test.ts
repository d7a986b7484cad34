import { packageFile } from '@hub/shared/system';
import { createFactsHub, testDatabases } from '@hub/shared/testing';
import {
  buildASTSchema,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openTestNetwork } from './testing/test-partner.js';

const readDocument = (name: string) =>
  parse(readFileSync(packageFile(import.meta.url, name), 'utf8'));

const examples = readDocument('examples.graphql').definitions.filter(
  (node) => node.kind === Kind.OPERATION_DEFINITION,
);

const schema: GraphQLSchema = buildASTSchema(readDocument('schema.graphql'), {
  assumeValidSDL: true,
});

/**
 * True if another partner resolves a field of this name, on the type itself or on a type that
 * implements it.
 */
function isExternal(type: GraphQLNamedType, field: string): boolean {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return types.some(
    (one) =>
      isObjectType(one) &&
      one.getFields()[field]?.astNode?.directives?.some(({ name }) => name.value === 'external'),
  );
}

/**
 * The examples are operations on the hub’s graph. Those with only the network’s own fields can run
 * here.
 */
function isOurs(example: OperationDefinitionNode): boolean {
  const document = { kind: Kind.DOCUMENT, definitions: [example] } as const;
  if (validate(schema, document).length > 0) return false;
  const types = new TypeInfo(schema);
  let isOurs = true;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const parent = types.getParentType();
        if (parent && isExternal(parent, name.value)) isOurs = false;
      },
    }),
  );
  return isOurs;
}

describe('examples.graphql', () => {
  it('explains every operation in the line above it', () => {
    const text = readFileSync(packageFile(import.meta.url, 'examples.graphql'), 'utf8');
    expect(text.match(/^# .+\nquery \w+ \{$/gm)).toHaveLength(examples.length);
  });
});

describe.each(testDatabases)('examples.graphql on $name', (kind) => {
  it('has operations that the network can execute alone, and each has a result', async () => {
    // All other partners respond with no data, at once and without errors.
    const { askHub } = createFactsHub(() => null);
    await using network = await openTestNetwork(kind, 'demonstration', undefined, askHub);
    const ours = examples.filter(isOurs);
    for (const example of ours) {
      const answer = await network.read(print(example));
      expect(
        Object.values(answer).every((value) => value !== null),
        example.name?.value,
      ).toBe(true);
    }
    expect(ours.map(({ name }) => name?.value)).toContain('Spokesmanships');
  });
});
