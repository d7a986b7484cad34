import {
  Kind,
  type FieldNode,
  type GraphQLNamedType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { createFragment, hiddenPrefix, responseKeyOf } from '../../documents/selection.js';
import { InvalidAnswer } from './compile-projection.js';

type Row = Readonly<Record<string, unknown>>;

/** How an entity says whose answer it is: the key that was sent is asked back and compared. */
export interface Echo {
  /** Of one name are echoes of one type and key. */
  readonly name: string;
  /** Undefined where there is no key to ask back. */
  readonly selection: SelectionNode | undefined;
  /**
   * Compares the echo in an entity, as it came, with what was sent.
   * @throws InvalidAnswer where the entity is not the one that the representation stands for.
   */
  check(entity: Row, representation: Row): void;
}

const aliasOf = (field: FieldNode): string => `${hiddenPrefix}key_${responseKeyOf(field)}`;

/** The echo of the first key that the representation carries. An entity whose key did not come along has none to compare. */
export function compileEcho(
  type: GraphQLNamedType,
  keys: readonly SelectionSetNode[],
  representation: Row,
): Echo {
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
        if (!isEcho(sent[field.name.value], entity[alias], field.selectionSet)) {
          throw new InvalidAnswer(`${type.name} is not the one that was asked.`);
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

/** An `ID` may be sent as a number and come back as a text. Of an object, what was asked back is compared. */
function isEcho(sent: unknown, came: unknown, set: SelectionSetNode | undefined): boolean {
  if (typeof came !== 'object' || came === null) {
    return came === sent || (came != null && sent != null && String(came) === String(sent));
  }
  if (typeof sent !== 'object' || sent === null) return false;
  if (Array.isArray(came)) {
    return (
      Array.isArray(sent) &&
      sent.length === came.length &&
      came.every((item, index) => isEcho(sent[index], item, set))
    );
  }
  return (set?.selections ?? []).every(
    (selection) =>
      selection.kind === Kind.FIELD &&
      isEcho(
        (sent as Row)[selection.name.value],
        (came as Row)[responseKeyOf(selection)],
        selection.selectionSet,
      ),
  );
}
