import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type ObjectValueNode,
  type OperationDefinitionNode,
  type ValueNode,
  print,
  visit,
} from 'graphql';

/** A variable of `@skip` or `@include`, and its default value. */
export interface DecidingVariable {
  readonly name: string;
  readonly byDefault: boolean;
}

/**
 * The variables that decide which parts of an operation are executed, in the order of their
 * definitions.
 */
export function readDecidingVariables(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DecidingVariable[] {
  const { variableDefinitions = [] } = operation;
  const found = new Set<string>();
  if (variableDefinitions.length === 0) return [];
  const unread = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) unread.set(definition.name.value, definition);
  const read = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      Directive(directive) {
        const condition = readCondition(directive);
        if (condition?.kind === Kind.VARIABLE) found.add(condition.name.value);
      },
      // Another operation of the document may use the same name for another variable.
      FragmentSpread({ name }) {
        const fragment = unread.get(name.value);
        unread.delete(name.value);
        if (fragment) read(fragment);
      },
    });
  };
  read(operation);
  return variableDefinitions
    .filter(({ variable }) => found.has(variable.name.value))
    .map(({ variable, defaultValue }) => ({
      name: variable.name.value,
      byDefault: defaultValue?.kind === Kind.BOOLEAN && defaultValue.value,
    }));
}

/** Makes a function that reads the variables that decide conditions, once for each operation. */
export function createDecidingReader(): (request: {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}) => readonly DecidingVariable[] {
  const known = new WeakMap<OperationDefinitionNode, readonly DecidingVariable[]>();
  return ({ document, operation }) => {
    const deciding = known.get(operation) ?? readDecidingVariables(document, operation);
    known.set(operation, deciding);
    return deciding;
  };
}

/**
 * The values of these variables in one request, as a text of `0` and `1`. Empty if there are none.
 */
export const readDecision = (
  deciding: readonly DecidingVariable[],
  variables: Readonly<Record<string, unknown>>,
): string =>
  deciding
    .map(({ name, byDefault }) => {
      // A variable may have the name of an inherited property.
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return (value ?? byDefault) === true ? '1' : '0';
    })
    .join('');

/**
 * Replaces the variables of conditions by their values.
 *
 * An operation is planned once for each decision. With a variable in the condition, the engine
 * merges conditional and unconditional fields into one fetch. It then fetches neither if the
 * condition leaves a required field out.
 */
export function decideConditions(
  document: DocumentNode,
  deciding: readonly DecidingVariable[],
  decision: string,
): DocumentNode {
  if (deciding.length === 0) return document;
  const values = new Map(deciding.map(({ name }, index) => [name, decision[index] === '1']));
  return visit(document, {
    Directive(directive) {
      const condition = readCondition(directive);
      const value =
        condition?.kind === Kind.VARIABLE ? values.get(condition.name.value) : undefined;
      return value === undefined ? undefined : { ...directive, arguments: [writeIf(value)] };
    },
  });
}

/** True if a literal skips the selection with these directives. */
export const isNeverAsked = (directives: readonly DirectiveNode[] | undefined): boolean =>
  directives?.some((directive) => {
    const condition = readCondition(directive);
    return condition?.kind === Kind.BOOLEAN && !isMet(directive, condition.value);
  }) ?? false;

/** True if the condition is a literal, so that the selection is either always or never executed. */
export const isDecided = (directive: DirectiveNode): boolean =>
  readCondition(directive)?.kind === Kind.BOOLEAN;

const isMet = ({ name }: DirectiveNode, value: boolean): boolean =>
  value === (name.value === 'include');

/** The condition of a directive. Undefined if the directive is not a condition. */
const readCondition = ({ name, arguments: args }: DirectiveNode): ValueNode | undefined =>
  name.value === 'skip' || name.value === 'include' ? args?.[0]?.value : undefined;

const writeIf = (value: boolean) => ({
  kind: Kind.ARGUMENT as const,
  name: { kind: Kind.NAME as const, value: 'if' },
  value: { kind: Kind.BOOLEAN as const, value },
});

/**
 * Reserved response names, which cannot clash with the planner’s.
 *
 * The planner selects keys, `@requires` fields and `__typename` under their own names, beside the
 * client’s fields. A client’s alias with such a name would replace the key. So every alias, and
 * every field with arguments, is planned and fetched under a name that no field has. The client’s
 * own name is restored in the data and in the error paths of the response.
 */
const reserved = /^as\d*__/;

/** The suffix that the planner adds to a name that two fields share. */
const plannerSuffix = /__alias_\d+$/;

/** Gives a document reserved response names. Returns the same document if it needs none. */
export function reserveNames(document: DocumentNode): DocumentNode {
  const namer = new Namer();
  return visit(document, {
    Field(field) {
      // Introspection is resolved by the hub itself, so it is not planned.
      if (isIntrospection(field.name.value)) return false;
      const name = namer.nameOf(field);
      if (name === undefined) return undefined;
      return { ...field, alias: { kind: Kind.NAME as const, value: name } };
    },
    FragmentDefinition: ({ typeCondition }) =>
      typeCondition.name.value.startsWith('__') ? false : undefined,
  });
}

/** The client’s own response name. */
export function restoreName(name: string): string {
  if (!reserved.test(name)) return withoutSuffix(name);
  const own = withoutSuffix(name).replace(reserved, '');
  return endsLikeSuffix.test(own) ? own.slice(0, -1) : own;
}

/** The response name without the suffix of the planner. */
export const withoutSuffix = (name: string): string => name.replace(plannerSuffix, '');

/** True if a field of this name is introspection. */
export const isIntrospection = (name: string): boolean =>
  name.startsWith('__') && name !== '__typename';

/**
 * A client’s own name may end like the planner’s suffix. An underscore is then added, which tells
 * the two apart.
 */
const endsLikeSuffix = /__alias_\d+_+$/;
const looksSuffixed = /__alias_\d+_*$/;

class Namer {
  /**
   * The selected fields by response name. On different types, one name may stand for different
   * fields.
   */
  readonly #selected = new Map<string, string[]>();

  /**
   * Undefined if the field keeps its name. Fields that merge share a name, and all others have
   * different ones.
   */
  nameOf({ alias, name, arguments: args = [] }: FieldNode): string | undefined {
    const isPlain = args.length === 0 && (!alias || alias.value === name.value);
    const isFree = !reserved.test(name.value) && !looksSuffixed.test(name.value);
    if (isPlain && isFree) return undefined;
    const key = alias?.value ?? name.value;
    const signature = `${name.value}(${writeArguments(args)})`;
    const known = this.#selected.get(key) ?? [];
    if (!known.includes(signature)) this.#selected.set(key, [...known, signature]);
    const index = known.includes(signature) ? known.indexOf(signature) : known.length;
    const own = looksSuffixed.test(key) ? `${key}_` : key;
    return `as${index === 0 ? '' : index}__${own}`;
  }
}

/** Equal texts for arguments that let two fields merge, in whatever order they are. */
function writeArguments(args: readonly ArgumentNode[]): string {
  const sorted = args.map((argument) =>
    print(visit(argument, { ObjectValue: { leave: sortFields } })),
  );
  return sorted.sort().join(', ');
}

const sortFields = (node: ObjectValueNode): ObjectValueNode => ({
  ...node,
  fields: node.fields.toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1)),
});
