import { getNamedType, isNonNullType, isObjectType, type GraphQLField } from 'graphql';
import { readInnerFields, type TopField } from '../../documents/selection.js';
import type { GatherRule } from '../rules/fan-out-rules.js';

/** A part of a connection that was asked under some response key. */
interface ConnectionPart {
  readonly key: string;
  readonly name: string;
  readonly typeName: string;
  /** Where it was asked. */
  readonly tops: readonly TopField[];
}

/** How one gathered field is joined: its rule, and under which response keys a connection’s parts were asked. */
export interface JoinPlan {
  readonly rule: GatherRule;
  readonly typeName: string;
  readonly parts: readonly ConnectionPart[];
  /** Of the connection’s counts, those that never lie: the sum of what came. The others are null unless all came. */
  readonly countsAtLeast: ReadonlySet<string>;
}

/** Plans how a gathered field is joined, from where it was asked. */
export function createJoinPlan(
  rule: GatherRule,
  definition: GraphQLField<unknown, unknown>,
  tops: readonly TopField[],
): JoinPlan {
  const type = getNamedType(definition.type);
  if (rule.join !== 'connection' || !isObjectType(type)) {
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
