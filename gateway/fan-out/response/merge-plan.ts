import { getNamedType, isNonNullType, isObjectType, type GraphQLField } from 'graphql';
import { readInnerFields, type TopField } from '../../engine/documents/selection.js';
import type { GatherRule } from '../rules/fan-out-rules.js';

/** A field of a connection, under the response key that the client chose. */
interface ConnectionPart {
  readonly key: string;
  readonly name: string;
  readonly typeName: string;
  /** The selections of this field. */
  readonly tops: readonly TopField[];
}

/** How one gathered field is merged: its rule, and the response keys of a connection’s fields. */
export interface MergePlan {
  readonly rule: GatherRule;
  readonly typeName: string;
  readonly parts: readonly ConnectionPart[];
  /**
   * The counts that are lower bounds. They are the sum of the counts that arrived. Other counts are
   * null unless all arrived.
   */
  readonly countsAtLeast: ReadonlySet<string>;
}

/** Plans how a gathered field is merged, from its selections. */
export function createMergePlan(
  rule: GatherRule,
  definition: GraphQLField<unknown, unknown>,
  tops: readonly TopField[],
): MergePlan {
  const type = getNamedType(definition.type);
  if (rule.mergeKind !== 'connection' || !isObjectType(type)) {
    return { rule, typeName: type.name, parts: [], countsAtLeast: new Set() };
  }
  const parts = [...readInnerFields(tops)].map(([key, partTops]): ConnectionPart => {
    const name = partTops[0]?.field.name.value ?? key;
    const part = type.getFields()[name];
    return { key, name, typeName: part ? getNamedType(part.type).name : '', tops: partTops };
  });
  const counts = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
  return {
    rule,
    typeName: type.name,
    parts,
    countsAtLeast: new Set(counts.map(({ name }) => name)),
  };
}
