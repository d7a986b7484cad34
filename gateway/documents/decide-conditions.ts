import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';

/** A variable of `@skip` or `@include`, and what it is where a request does not give it. */
export interface DecidingVariable {
  readonly name: string;
  readonly byDefault: boolean;
}

/** The variables that decide what of an operation is asked, in the order of their definitions. */
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
      // Another operation of the document may have a variable of the same name for something else.
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

/** What they decide in one request, as a text of `0` and `1`; empty where there are none. */
export const readDecision = (
  deciding: readonly DecidingVariable[],
  variables: Readonly<Record<string, unknown>>,
): string =>
  deciding
    .map(({ name, byDefault }) => {
      // A variable may have the name of what every object inherits.
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return (value ?? byDefault) === true ? '1' : '0';
    })
    .join('');

/**
 * Writes what was decided into a document, as the literals that say so.
 *
 * An operation is planned once for each decision and not once for all. The engine joins what is asked under a condition
 * and what is asked anyway into one fetch, and then asks for neither where what the former requires is left out.
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

/** Whether a literal says that what has these directives is not asked. */
export const isNeverAsked = (directives: readonly DirectiveNode[] | undefined): boolean =>
  directives?.some((directive) => {
    const condition = readCondition(directive);
    return condition?.kind === Kind.BOOLEAN && !isMet(directive, condition.value);
  }) ?? false;

/** Whether it is decided already, so that what has it is asked either always or never. */
export const isDecided = (directive: DirectiveNode): boolean =>
  readCondition(directive)?.kind === Kind.BOOLEAN;

const isMet = ({ name }: DirectiveNode, value: boolean): boolean =>
  value === (name.value === 'include');

/** What a directive makes a selection depend on; undefined where it is no condition. */
const readCondition = ({ name, arguments: args }: DirectiveNode): ValueNode | undefined =>
  name.value === 'skip' || name.value === 'include' ? args?.[0]?.value : undefined;

const writeIf = (value: boolean) => ({
  kind: Kind.ARGUMENT as const,
  name: { kind: Kind.NAME as const, value: 'if' },
  value: { kind: Kind.BOOLEAN as const, value },
});
