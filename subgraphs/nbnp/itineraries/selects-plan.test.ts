import { Kind, parse, type FieldNode, type FragmentDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { selectsPlan } from './selects-plan.js';

function infoOf(selection: string) {
  const { definitions } = parse(
    `{ itineraryStop { ${selection} } } fragment F on ItineraryStop { title } fragment S on ItineraryStop { status }`,
  );
  const fragments: Record<string, FragmentDefinitionNode> = {};
  const fieldNodes: FieldNode[] = [];
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const field of node.selectionSet.selections)
      if (field.kind === Kind.FIELD) fieldNodes.push(field);
  }
  return { fieldNodes, fragments };
}

describe('selectsPlan', () => {
  it.each(['status', '__typename siteContact siteContactOn', '... { status }', '...S'])(
    'is false for %s',
    (selection) => {
      expect(selectsPlan(infoOf(selection))).toBe(false);
    },
  );

  it.each(['status title', 'status: id', '... on ItineraryStop { day }', '...F', 'statusReason'])(
    'is true for %s',
    (selection) => {
      expect(selectsPlan(infoOf(selection))).toBe(true);
    },
  );
});
