import {
  Kind,
  type FieldNode,
  type GraphQLNamedType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { createFragment, hiddenPrefix, responseKeyOf } from '../../engine/documents/selection.js';
import { InvalidResponse } from './compile-projection.js';

type Row = Readonly<Record<string, unknown>>;

/**
 * Verifies that an entity is the one that was requested: the partner returns its key, and the hub
 * compares it.
 */
export interface KeyCheck {
  /** Checks with the same name have the same type and key. */
  readonly name: string;
  /** Selects the key. Undefined if there is none to verify. */
  readonly selection: SelectionNode | undefined;
  /**
   * Compares the key in a response with the key in the representation.
   * @throws InvalidResponse if it is another entity
   */
  check(entity: Row, representation: Row): void;
}

const aliasOf = (field: FieldNode): string => `${hiddenPrefix}key_${responseKeyOf(field)}`;

/**
 * Makes the check for the first key that the representation has. Without a key, there is nothing to
 * compare.
 */
export function compileKeyCheck(
  type: GraphQLNamedType,
  keys: readonly SelectionSetNode[],
  representation: Row,
): KeyCheck {
  const key = keys.find((candidate) => carries(representation, candidate));
  const fields = (key?.selections ?? []).flatMap((selection) =>
    selection.kind === Kind.FIELD && selection.name.value !== '__typename' ? [selection] : [],
  );
  const asked = fields.map((field) => ({ field, alias: aliasOf(field) }));
  return {
    name: `${type.name}(${fields.map(responseKeyOf).join(' ')})`,
    selection:
      fields.length > 0
        ? createFragment(
            type.name,
            asked.map(({ field, alias }) => ({
              ...field,
              alias: { kind: Kind.NAME as const, value: alias },
            })),
          )
        : undefined,
    check(entity, sent) {
      for (const { field, alias } of asked) {
        if (!isSameKey(sent[field.name.value], entity[alias], field.selectionSet)) {
          throw new InvalidResponse(`${type.name} is not the requested entity.`);
        }
      }
    },
  };
}

function carries(value: unknown, set: SelectionSetNode): boolean {
  if (Array.isArray(value)) return value.every((item) => carries(item, set));
  if (typeof value !== 'object' || value === null) return false;
  return set.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    const inner = (value as Row)[selection.name.value];
    if (inner === undefined) return false;
    return !selection.selectionSet || inner === null || carries(inner, selection.selectionSet);
  });
}

/**
 * An `ID` may be sent as a number and returned as a string. Of an object, only the selected fields
 * are compared.
 */
function isSameKey(sent: unknown, came: unknown, set: SelectionSetNode | undefined): boolean {
  if (typeof came !== 'object' || came === null) {
    return came === sent || (came != null && sent != null && String(came) === String(sent));
  }
  if (typeof sent !== 'object' || sent === null) return false;
  if (Array.isArray(came)) {
    return (
      Array.isArray(sent) &&
      sent.length === came.length &&
      came.every((item, index) => isSameKey(sent[index], item, set))
    );
  }
  return (set?.selections ?? []).every(
    (selection) =>
      selection.kind === Kind.FIELD &&
      isSameKey(
        (sent as Row)[selection.name.value],
        (came as Row)[responseKeyOf(selection)],
        selection.selectionSet,
      ),
  );
}
