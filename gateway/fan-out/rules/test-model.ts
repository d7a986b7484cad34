import { buildASTSchema, Kind, parse, type SelectionSetNode } from 'graphql';
import { readFanOutRules } from './fan-out-rules.js';
import type { SubgraphModel } from './subgraph-model.js';

/** For tests: the partners of {@link createTestModel}. */
export const testPartners = ['north', 'south'] as const;

/** For tests: what the hub knows of a subgraph, from the subgraph’s own text. */
export function createTestModel(
  sdl: string,
  { isContracted = true }: { isContracted?: boolean } = {},
): SubgraphModel {
  const text = `
    directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
    directive @external on FIELD_DEFINITION
    directive @interfaceObject on OBJECT
    directive @route(by: String!) on FIELD_DEFINITION | OBJECT
    directive @gather(orderBy: [String!], narrowBy: [String!], ownerOnly: [String!], orders: [[String!]!]) on FIELD_DEFINITION
    ${sdl}`;
  const isFannedOut = /@(route|gather)/.test(sdl);
  return {
    name: 'test',
    url: '',
    schema: buildASTSchema(parse(text)),
    rules: isFannedOut ? readFanOutRules(text, testPartners) : undefined,
    isContracted,
  };
}

/** For tests: a selection set from its text. */
export function parseSelection(text: string): SelectionSetNode {
  const [operation] = parse(text, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('No selection.');
  return operation.selectionSet;
}
