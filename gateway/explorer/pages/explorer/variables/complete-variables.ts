import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorView } from '@codemirror/view';
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';
import type { ExpectedVariable } from './expected-variables.ts';
import { listNames, pathTo, type Step, type SyntaxNode } from './json-places.ts';

/** A name that can stand in an object of the variables. */
interface Slot {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly description?: string | null | undefined;
}

/** The type without its lists and without `!`. */
function innermost(type: GraphQLInputType): GraphQLInputType {
  const nullable = getNullableType(type);
  return isListType(nullable) ? innermost(nullable.ofType) : nullable;
}

/** The names that fit into the object at a path. The whole of the variables is at the empty path. */
function listSlots(expected: readonly ExpectedVariable[], path: readonly Step[]): readonly Slot[] {
  let slots: readonly Slot[] = expected;
  for (const by of path) {
    // An item of a list has the type that the list’s own name gives it.
    if (typeof by === 'number') continue;
    const found = slots.find(({ name }) => name === by);
    const type = found && innermost(found.type);
    slots = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  }
  return slots;
}

/** The type of the value at a path. */
function findType(
  expected: readonly ExpectedVariable[],
  path: readonly Step[],
): GraphQLInputType | undefined {
  const last = path.findLastIndex((by) => typeof by === 'string');
  return listSlots(expected, path.slice(0, last)).find(({ name }) => name === path[last])?.type;
}

const plainTypes: readonly string[] = ['Int', 'Float', 'Boolean'];

/** What a value of this type begins with, and what it ends with. */
function emptyValue(type: GraphQLInputType): readonly [start: string, end: string] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return ['[', ']'];
  if (isInputObjectType(nullable)) return ['{ ', ' }'];
  return !isEnumType(nullable) && plainTypes.includes(nullable.name) ? ['', ''] : ['"', '"'];
}

type Apply = (view: EditorView, completion: Completion, from: number, to: number) => void;

/** Writes a text in place of the word at the cursor and of the quotation marks around it. */
const writeQuoted =
  (start: string, end = ''): Apply =>
  (view, _completion, from, to) => {
    const { state } = view;
    const first = state.sliceDoc(from - 1, from) === '"' ? from - 1 : from;
    const last = state.sliceDoc(to, to + 1) === '"' ? to + 1 : to;
    view.dispatch({
      changes: { from: first, to: last, insert: start + end },
      selection: { anchor: first + start.length },
      userEvent: 'input.complete',
    });
  };

function completeSlot({ name, type, description }: Slot, hasValue: boolean): Completion {
  const [start, end] = hasValue ? ['', ''] : emptyValue(type);
  return {
    label: name,
    detail: String(type),
    type: 'property',
    boost: isNonNullType(type) ? 1 : 0,
    apply: writeQuoted(hasValue ? `"${name}"` : `"${name}": ${start}`, end),
    ...(description && { info: description }),
  };
}

/** The values that the definition of a type lists. */
function completeValues(type: GraphQLInputType | undefined): readonly Completion[] {
  const inner = type && innermost(type);
  if (isEnumType(inner))
    return inner.getValues().map(({ name, description }) => ({
      label: name,
      type: 'enum',
      apply: writeQuoted(`"${name}"`),
      ...(description && { info: description }),
    }));
  if (String(inner) !== 'Boolean') return [];
  return ['true', 'false'].map((label) => ({ label, type: 'keyword', apply: writeQuoted(label) }));
}

/** All variables that the operation needs; all that it has, if it needs none. */
function completeAll(expected: readonly ExpectedVariable[]): readonly Completion[] {
  const needed = expected.filter(({ type, hasDefault }) => isNonNullType(type) && !hasDefault);
  const listed = needed.length > 0 ? needed : expected;
  const lines = listed.map(({ name, type }) => `  "${name}": ${emptyValue(type).join('')}`);
  const label = `{ ${listed.map(({ name }) => name).join(', ')} }`;
  return lines.length === 0 ? [] : [{ label, apply: `{\n${lines.join(',\n')}\n}` }];
}

function enclosing(node: SyntaxNode, ...names: readonly string[]): SyntaxNode | undefined {
  let found: SyntaxNode | null = node;
  while (found && !names.includes(found.name)) found = found.parent;
  return found ?? undefined;
}

/** Completes the JSON of an operation’s variables, from their types. */
export function completeVariables(
  context: CompletionContext,
  expected: readonly ExpectedVariable[],
): CompletionResult | null {
  const { state, pos, explicit } = context;
  const word = context.matchBefore(/"?\w*$/) ?? { from: pos, text: '' };
  const head = state.sliceDoc(0, word.from).trimEnd();
  const isBegun = word.text !== '' || state.sliceDoc(pos - 1, pos) === '{';
  if (!explicit && !isBegun) return null;
  const from = word.text.startsWith('"') ? word.from + 1 : word.from;
  if (head === '') return word.text === '' ? { from, options: completeAll(expected) } : null;
  const node = syntaxTree(state).resolveInner(head.length, -1);
  const container = enclosing(node, head.endsWith(':') ? 'Property' : 'Object', 'Array');
  if (!container) return null;
  const path = pathTo(container, state.doc);
  if (container.name !== 'Object')
    return { from, options: completeValues(findType(expected, path)) };
  // Right after a value, only a comma can come.
  if (!/[{,]$/.test(head)) return null;
  const hasValue = /^\w*"?\s*:/.test(state.sliceDoc(pos, pos + 200));
  const present = listNames(container, state.doc);
  const written =
    state.sliceDoc(from, pos) + (/^\w*/.exec(state.sliceDoc(pos, pos + 200))?.[0] ?? '');
  const options = listSlots(expected, path)
    .filter(({ name }) => name === written || !present.includes(name))
    .map((slot) => completeSlot(slot, hasValue));
  return { from, options };
}
