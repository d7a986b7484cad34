import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type ValueNode,
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
