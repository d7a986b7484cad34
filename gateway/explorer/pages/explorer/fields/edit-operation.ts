import {
  isAbstractType,
  isInputType,
  isRequiredArgument,
  Kind,
  TokenKind,
  typeFromAST,
  visit,
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type Token,
  type VariableDefinitionNode,
} from 'graphql';
import { operationOf, parseOr, readVariables } from '../state/operations.ts';
import {
  fieldOf,
  findAll,
  isBlank,
  typeAfter,
  type FieldPath,
  type Selection,
  type Written,
} from './read-operation.ts';
import { sample, selectFirst, type Selected } from './samples.ts';
import { applyEdits, cut, insert, placeOf, writeLine, type Edit } from './text-edits.ts';

/** A name of a variable that the operation does not have yet. */
function nameVariable(argument: string, field: string, used: ReadonlySet<string>): string {
  const long = `${field}${argument[0]?.toUpperCase() ?? ''}${argument.slice(1)}`;
  const numbered = Array.from({ length: used.size + 1 }, (_, index) => `${long}${index + 2}`);
  return [argument, long, ...numbered].find((name) => !used.has(name)) ?? argument;
}

/** Declares variables behind those that the operation has. */
function declare(
  operation: OperationDefinitionNode,
  query: string,
  declared: readonly string[],
): readonly Edit[] {
  if (declared.length === 0) return [];
  const text = declared.join(', ');
  const last = operation.variableDefinitions?.at(-1);
  const at = (from: number, written: string): Edit[] => [{ from, to: from, text: written }];
  if (last) return at(placeOf(last).to, `, ${text}`);
  if (operation.name) return at(placeOf(operation.name).to, `(${text})`);
  const { from } = placeOf(operation);
  if (query[from] === '{') return at(from, `query (${text}) `);
  return at(from + operation.operation.length, ` (${text})`);
}

type Values = Readonly<Record<string, unknown>>;

/** The values of variables. Undefined where the text is no object. */
function readValues(text: string): Values | undefined {
  try {
    return (readVariables(text) as Values | undefined) ?? {};
  } catch {
    return undefined;
  }
}

/** The values of variables with others; the text stays where it is no object. */
function changeVariables(text: string, change: (values: Values) => Values): string {
  const values = readValues(text);
  const next = values && change(values);
  if (!next || JSON.stringify(next) === JSON.stringify(values)) return text;
  return Object.keys(next).length === 0 ? '' : JSON.stringify(next, undefined, 2);
}

/** Whether no operation is written: nothing at all, or fragments alone. */
const hasNoOperation = (query: string): boolean => {
  const document = parseOr(query);
  return document ? !operationOf(document, undefined) : isBlank(query);
};

/** Begins an operation where none is. */
function begin({ query, ...others }: Written, first: string, kind: 'query' | 'mutation'): Written {
  const name = `${first[0]?.toUpperCase() ?? ''}${first.slice(1)}`;
  const before = query.trim() === '' ? '' : `${query.trimEnd()}\n`;
  return { ...others, query: `${before}${kind} ${name} {\n  __typename\n}\n` };
}

interface AddOptions {
  /** Of a new operation. @default 'query' */
  readonly kind?: 'query' | 'mutation';
  /** How many values of the object are selected with it. @default 1 */
  readonly most?: number;
}

/**
 * Writes a field into the operation that runs, with its required arguments as variables and, if it is
 * an object, with a first value. All else stays as the reader wrote it.
 * @returns what was written, unchanged where it cannot be read
 */
export function addField(
  schema: GraphQLSchema,
  written: Written,
  path: FieldPath,
  { kind = 'query', most = 1 }: AddOptions = {},
): Written {
  const start = hasNoOperation(written.query) ? begin(written, path[0] ?? '', kind) : written;
  const { query, variables, operationName } = start;
  const document = parseOr(query);
  const operation = document && operationOf(document, operationName);
  if (!operation) return written;
  let type: GraphQLNamedType | undefined = schema.getRootType(operation.operation) ?? undefined;
  let set: SelectionSetNode | undefined = operation.selectionSet;
  let bare: Selection | undefined;
  const rest = [...path];
  for (let step = rest[0]; step !== undefined; step = rest[0]) {
    const [found] = findAll(set, step);
    if (!found) break;
    type = typeAfter(schema, type, step);
    rest.shift();
    if (!found.selectionSet) bare = found;
    if (!found.selectionSet) break;
    ({ selectionSet: set } = found);
  }
  if (rest.length === 0) return written;
  // What was filled in for another field stays with its name.
  const used = new Set([
    ...(operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value),
    ...Object.keys(readValues(variables) ?? {}),
  ]);
  const declared: string[] = [];
  const values: Record<string, unknown> = {};
  const write = ([step = '', ...steps]: FieldPath, parent: typeof type): Selected => {
    const required = (fieldOf(parent, step)?.args ?? []).filter(isRequiredArgument);
    const given = required.map((argument) => {
      const name = nameVariable(argument.name, step, used);
      used.add(name);
      declared.push(`$${name}: ${String(argument.type)}`);
      values[name] = sample(argument.type);
      return `${argument.name}: $${name}`;
    });
    const own = typeAfter(schema, parent, step);
    return {
      head: given.length > 0 ? `${step}(${given.join(', ')})` : step,
      inner: steps.length > 0 ? [write(steps, own)] : own ? selectFirst(own, most) : [],
    };
  };
  const selected = write(rest, type);
  const at = bare && placeOf(bare).to;
  const edits =
    at === undefined
      ? set && insert(query, set, selected, isAbstractType(type))
      : [{ from: at, to: at, text: ` { ${writeLine(selected)} }` }];
  return {
    operationName,
    query: applyEdits(query, [...(edits ?? []), ...declare(operation, query, declared)]),
    variables: changeVariables(variables, (before) => ({ ...values, ...before })),
  };
}

/** The fragments that these nodes spread, also through one another. */
function fragmentsOf(
  document: DocumentNode,
  nodes: readonly ASTNode[],
): ReadonlySet<FragmentDefinitionNode> {
  const found = new Set<FragmentDefinitionNode>();
  const add = (node: ASTNode): unknown =>
    visit(node, {
      FragmentSpread: ({ name }) => {
        for (const one of document.definitions) {
          if (one.kind !== Kind.FRAGMENT_DEFINITION || one.name.value !== name.value) continue;
          if (found.has(one)) continue;
          found.add(one);
          add(one);
        }
      },
    });
  nodes.forEach(add);
  return found;
}

/** The variables that an operation uses, also in its fragments. */
function variablesOf(document: DocumentNode, operationName: string | undefined): Set<string> {
  const names = new Set<string>();
  const operation = operationOf(document, operationName);
  for (const node of operation ? [operation, ...fragmentsOf(document, [operation])] : [])
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void names.add(name.value),
    });
  return names;
}

/** The next token beside a node that is no comment: the bracket of its list. */
function bracketBeside({ loc }: ASTNode, side: 'prev' | 'next'): Token | null | undefined {
  let token = side === 'prev' ? loc?.startToken.prev : loc?.endToken.next;
  while (token?.kind === TokenKind.COMMENT) token = token[side];
  return token;
}

/** The comments from one token to another. */
function commentsBetween(start: Token, end: Token): readonly string[] {
  const comments: string[] = [];
  for (let token = start.next; token && token !== end; token = token.next)
    if (token.kind === TokenKind.COMMENT) comments.push(`#${token.value}`);
  return comments;
}

/** Takes declarations out, with their commas, and the parentheses with the last one. Comments stay. */
function undeclare(
  query: string,
  all: readonly VariableDefinitionNode[],
  isGone: (one: VariableDefinitionNode) => boolean,
): readonly Edit[] {
  const [first] = all;
  const last = all.at(-1);
  if (!first || !last || !all.some(isGone)) return [];
  if (all.every(isGone)) {
    const open = bracketBeside(first, 'prev');
    const close = bracketBeside(last, 'next');
    if (!open || !close) return [];
    const comments = commentsBetween(open, close);
    const from = query[open.start - 1] === ' ' ? open.start - 1 : open.start;
    const text = comments.length > 0 ? `\n${comments.join('\n')}\n` : '';
    return [{ from, to: close.end, text }];
  }
  const lastKept = all.findLastIndex((one) => !isGone(one));
  return all.flatMap((one, index) => {
    if (!isGone(one)) return [];
    const { from, to } = placeOf(one);
    const own = cut(query, one);
    if (query.slice(own.from, own.to).includes('\n')) return own;
    // Those at the end go with the comma before them, all others with the one behind them.
    const before = index > lastKept ? /,?[ \t]*$/.exec(query.slice(0, from)) : null;
    const behind = index > lastKept ? null : /^[ \t]*,?[ \t]*/.exec(query.slice(to));
    return { from: from - (before?.[0].length ?? 0), to: to + (behind?.[0].length ?? 0), text: '' };
  });
}

/** Takes a field out of the operation that runs, with the variables that only it used. */
export function removeField(schema: GraphQLSchema, written: Written, path: FieldPath): Written {
  const { query, variables, operationName } = written;
  const document = parseOr(query);
  const operation = document && operationOf(document, operationName);
  if (!document || !operation) return written;
  // A field can be there with several aliases.
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  for (const step of path.slice(0, -1))
    sets = sets.flatMap((set) =>
      findAll(set, step).flatMap(({ selectionSet }) => selectionSet ?? []),
    );
  const lost = sets.flatMap((set) => {
    const gone = findAll(set, path.at(-1) ?? '');
    const isEmptied = gone.length === set.selections.length;
    return gone.map((node, index) => ({ node, isReplaced: isEmptied && index === 0 }));
  });
  const fields = lost.map(({ node, isReplaced }) =>
    isReplaced ? { ...placeOf(node), text: '__typename' } : cut(query, node),
  );
  const after = parseOr(applyEdits(query, fields));
  if (lost.length === 0 || !after) return written;
  const spread = fragmentsOf(
    document,
    lost.map(({ node }) => node),
  );
  const names = new Set([...spread].map(({ name }) => name.value));
  const others = after.definitions.filter(
    (one) => one.kind !== Kind.FRAGMENT_DEFINITION || !names.has(one.name.value),
  );
  const still = new Set([...fragmentsOf(after, others)].map(({ name }) => name.value));
  const unused = [...spread].filter(({ name }) => !still.has(name.value));
  const edits = [...fields, ...unused.map((node) => cut(query, node))];
  const usedBefore = variablesOf(document, operationName);
  const usedAfter = variablesOf(after, operationName);
  const definitions = operation.variableDefinitions ?? [];
  const isLost = ({ variable: { name } }: VariableDefinitionNode) =>
    usedBefore.has(name.value) && !usedAfter.has(name.value);
  const samples = new Map(
    definitions.filter(isLost).map(({ variable, type: node }) => {
      const type = typeFromAST(schema, node);
      return [variable.name.value, isInputType(type) ? JSON.stringify(sample(type)) : undefined];
    }),
  );
  return {
    operationName,
    query: applyEdits(query, [...edits, ...undeclare(query, definitions, isLost)]),
    // What the reader filled in stays.
    variables: changeVariables(variables, (values) =>
      Object.fromEntries(
        Object.entries(values).filter(
          ([name, value]) => !samples.has(name) || samples.get(name) !== JSON.stringify(value),
        ),
      ),
    ),
  };
}
