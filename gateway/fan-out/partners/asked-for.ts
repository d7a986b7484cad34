import { valueFromASTUntyped, visit, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { ResponsePath } from '../../engine/documents/response-path.js';
import { readTopFields } from '../../engine/documents/selection.js';

/** What the hub asked for, as far as a partner’s errors may name it. */
export interface AskedFor {
  isAskedPath(path: ResponsePath): boolean;
  /** True if the hub passed on a value for this argument: `first`, `input.title`. */
  isPassedOn(argument: string): boolean;
}

/**
 * True if a selection gives a value for an argument. The hub never writes arguments into a
 * selection, so the value is the client’s.
 */
export function givesArgument(
  asked: SelectionNode | SelectionSetNode,
  argument: string,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  const [name, ...rest] = argument.split('.');
  let isGiven = false;
  visit(asked, {
    Argument(node) {
      if (node.name.value !== name) return;
      isGiven ||= hasValueAt(valueFromASTUntyped(node.value, variables), rest);
    },
  });
  return isGiven;
}

function hasValueAt(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return value !== undefined;
  if (Array.isArray(value)) return value.some((item) => hasValueAt(item, [name, ...rest]));
  return Object.hasOwn(Object(value) as object, name)
    ? hasValueAt((value as Record<string, unknown>)[name], rest)
    : false;
}

/**
 * True if a path of response keys and indexes leads through a selection. The time is linear in the
 * length of the path.
 */
export function isPathIn(sets: readonly SelectionSetNode[], path: ResponsePath): boolean {
  let reached = sets;
  for (const part of path) {
    // An index is an item of the list that the path has reached. The item has the selection of the
    // list.
    if (typeof part === 'number') continue;
    const next: SelectionSetNode[] = [];
    let isAsked = false;
    for (const set of reached) {
      const inner = readInnerSets(set).get(part);
      if (!inner) continue;
      isAsked = true;
      next.push(...inner);
    }
    if (!isAsked) return false;
    reached = next;
  }
  return true;
}

type InnerSets = ReadonlyMap<string, readonly SelectionSetNode[]>;

/** A response may have thousands of errors, so each selection is read once for all of them. */
const readSets = new WeakMap<SelectionSetNode, InnerSets>();

/** The selections below the fields of a selection, by response key. */
function readInnerSets(set: SelectionSetNode): InnerSets {
  const known = readSets.get(set);
  if (known) return known;
  const fields = [...readTopFields(set)].map(
    ([key, tops]) => [key, tops.flatMap(({ field }) => field.selectionSet ?? [])] as const,
  );
  const inner = new Map(fields);
  readSets.set(set, inner);
  return inner;
}
