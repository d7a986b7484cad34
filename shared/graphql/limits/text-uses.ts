import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type ArgumentNode,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** An argument or a field of an input object. */
export interface Input {
  readonly name: string;
  readonly type: GraphQLInputType;
  /** The path from the argument: `filter.search`, `filter.countries.1`. */
  readonly path: string;
}

/** A place of a document with a value. */
export interface InputUse extends Input {
  /** A literal or a variable. A list is included itself, and each of its items. */
  readonly node: ValueNode;
  /** The operation or fragment that contains it. */
  readonly definition: DefinitionNode;
}

type Definitions = readonly (GraphQLArgument | GraphQLInputField)[];

export const fieldOf = (input: Input, { name, type }: GraphQLInputField): Input => ({
  name,
  type,
  path: `${input.path}.${name}`,
});

/** The type of the value, or of each item of a list. */
export function itemType(type: GraphQLInputType): GraphQLInputType {
  const nullable = getNullableType(type);
  return isListType(nullable) ? itemType(nullable.ofType as GraphQLInputType) : nullable;
}

/** An item of a list; the value itself where a list is not expected. */
export function itemOf(input: Input, index: number): Input {
  const nullable = getNullableType(input.type);
  if (!isListType(nullable)) return input;
  const path = `${input.path}.${index}`;
  return { name: input.name, path, type: nullable.ofType as GraphQLInputType };
}

/**
 * Finds every place of a document that gives a value to an argument. The document may be invalid:
 * what the schema does not have is left to validation. The time is linear in the length of the
 * document.
 */
export class InputUses {
  readonly found: InputUse[] = [];
  /** The default values of variables by name, of all operations. */
  readonly defaults = new Map<string, ValueNode[]>();

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    for (const definition of definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) {
        const type = schema.getRootType(definition.operation) ?? undefined;
        this.#readVariables(definition);
        this.#readDirectives(definition.directives, definition);
        this.#readSet(definition.selectionSet, type, definition);
      } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        const type = schema.getType(definition.typeCondition.name.value);
        this.#readSet(definition.selectionSet, type, definition);
      }
    }
  }

  #readVariables(operation: OperationDefinitionNode): void {
    for (const { variable, defaultValue, directives } of operation.variableDefinitions ?? []) {
      this.#readDirectives(directives, operation);
      if (!defaultValue) continue;
      const { value: name } = variable.name;
      const known = this.defaults.get(name);
      if (known) known.push(defaultValue);
      else this.defaults.set(name, [defaultValue]);
    }
  }

  #readSet(
    { selections }: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    definition: DefinitionNode,
  ): void {
    for (const selection of selections) {
      this.#readDirectives(selection.directives, definition);
      if (selection.kind === Kind.FIELD) {
        const hasFields = isObjectType(type) || isInterfaceType(type);
        const field = hasFields ? type.getFields()[selection.name.value] : undefined;
        this.#readArguments(selection.arguments, field?.args, definition);
        const { selectionSet } = selection;
        if (selectionSet && field) {
          this.#readSet(selectionSet, getNamedType(field.type), definition);
        }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition;
        const inner = condition ? this.schema.getType(condition.name.value) : type;
        this.#readSet(selection.selectionSet, inner, definition);
      }
    }
  }

  #readDirectives(directives: readonly DirectiveNode[] = [], definition: DefinitionNode): void {
    for (const { name, arguments: given } of directives) {
      this.#readArguments(given, this.schema.getDirective(name.value)?.args, definition);
    }
  }

  #readArguments(
    given: readonly ArgumentNode[] = [],
    known: Definitions = [],
    definition: DefinitionNode,
  ): void {
    for (const { name, value } of given) {
      const type = known.find((candidate) => candidate.name === name.value)?.type;
      if (!type) continue;
      this.#readValue(value, { name: name.value, type, path: name.value }, definition);
    }
  }

  #readValue(node: ValueNode, input: Input, definition: DefinitionNode): void {
    const type = itemType(input.type);
    if (node.kind === Kind.LIST) {
      this.found.push({ ...input, node, definition });
      for (const [index, value] of node.values.entries())
        this.#readValue(value, itemOf(input, index), definition);
    } else if (node.kind === Kind.OBJECT && isInputObjectType(type)) {
      const fields = type.getFields();
      for (const { name, value } of node.fields) {
        const field = fields[name.value];
        if (field) this.#readValue(value, fieldOf(input, field), definition);
      }
    } else this.found.push({ ...input, node, definition });
  }
}
