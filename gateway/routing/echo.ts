import {
  Kind,
  type FieldNode,
  type GraphQLNamedType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { InvalidAnswer } from './project.js';
import { createFragment, hiddenPrefix, responseKeyOf } from './selection.js';

type Row = Readonly<Record<string, unknown>>;

/** How an entity says whose answer it is: the key that was sent is asked back and compared. */
export interface Echo {
  /** Of one name are echoes of one type and key. */
  readonly name: string;
  /** Undefined where there is no key to ask back. */
  readonly selection: SelectionNode | undefined;
  /**
   * Takes the echo out of a projected entity.
   * @throws InvalidAnswer where the entity is not the one that the representation stands for.
   */
  take(entity: Record<string, unknown>, representation: Row): void;
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
  return {
    name: `${type.name}(${fields.map(responseKeyOf).join(' ')})`,
    selection:
      fields.length > 0
        ? createFragment(
            type.name,
            fields.map((field) => ({
              ...field,
              alias: { kind: Kind.NAME as const, value: aliasOf(field) },
            })),
          )
        : undefined,
    take(entity, sent) {
      for (const field of fields) {
        const alias = aliasOf(field);
        if (!isEcho(sent[field.name.value], entity[alias])) {
          throw new InvalidAnswer(`${type.name} is not the one that was asked.`);
        }
        delete entity[alias];
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

/** An `ID` may be sent as a number and come back as a text. What was sent may hold more than what is asked back. */
function isEcho(sent: unknown, came: unknown): boolean {
  if (typeof came === 'object' && came !== null) {
    if (typeof sent !== 'object' || sent === null) return false;
    if (Array.isArray(came)) {
      return (
        Array.isArray(sent) &&
        sent.length === came.length &&
        came.every((item, index) => isEcho(sent[index], item))
      );
    }
    return Object.entries(came).every(([key, value]) => isEcho((sent as Row)[key], value));
  }
  return came === sent || (came != null && sent != null && String(came) === String(sent));
}
