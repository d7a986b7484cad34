import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isSpecifiedDirective,
  separateOperations,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** What one operation uses of the schema. */
export interface OperationElements {
  /** By its text: fields, arguments, types of fragments, and parts of literals. */
  readonly ofText: ReadonlySet<string>;
  /** By its variables: input fields and enum values. */
  ofVariables(variables: Variables): ReadonlySet<string>;
}

/** Reads which elements of a schema an operation uses, as coordinates. No value is read. */
export function readElements(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationElements {
  const variables = (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
    const declared = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
    const named = declared && getNamedType(declared);
    const hasParts = isInputType(declared) && (isInputObjectType(named) || isEnumType(named));
    return hasParts ? [{ name: variable.name.value, type: declared }] : [];
  });
  return {
    ofText: readText(schema, document, operation),
    ofVariables(values) {
      const elements = new Set<string>();
      for (const { name, type } of variables) addParts(type, values[name], elements);
      return elements;
    },
  };
}

function readText(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<string> {
  const elements = new Set<string>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field() {
      const field = coordinateOfField(types);
      if (field) elements.add(field);
    },
    Argument({ name }) {
      const directive = types.getDirective();
      const parent = directive ? coordinateOfDirective(types) : coordinateOfField(types);
      if (parent) elements.add(`${parent}(${name.value}:)`);
    },
    Directive() {
      const directive = coordinateOfDirective(types);
      if (directive) elements.add(directive);
    },
    ObjectField({ name }) {
      const parent = types.getParentInputType();
      if (parent) elements.add(`${getNamedType(parent).name}.${name.value}`);
    },
    EnumValue({ value }) {
      const type = types.getInputType();
      if (type) elements.add(`${getNamedType(type).name}.${value}`);
    },
    InlineFragment({ typeCondition }) {
      if (typeCondition) elements.add(typeCondition.name.value);
    },
    FragmentDefinition({ typeCondition }) {
      elements.add(typeCondition.name.value);
    },
  });
  // The operation with the fragments that it uses.
  const own = separateOperations(document)[operation.name?.value ?? ''];
  if (own) visit(own, visitor);
  return elements;
}

/** Undefined for the directives of GraphQL itself. */
function coordinateOfDirective(types: TypeInfo): string | undefined {
  const directive = types.getDirective();
  return directive && !isSpecifiedDirective(directive) ? `@${directive.name}` : undefined;
}

function coordinateOfField(types: TypeInfo): string | undefined {
  const [parent, field] = [types.getParentType(), types.getFieldDef()];
  if (!parent || !field) return undefined;
  const isIntrospection = field.name.startsWith('__') || parent.name.startsWith('__');
  return isIntrospection ? undefined : `${parent.name}.${field.name}`;
}

/** Adds the input fields and enum values of a value. It is valid. */
function addParts(type: GraphQLInputType, value: unknown, elements: Set<string>): void {
  if (value === null || value === undefined) return;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const item of items) addParts(nullable.ofType as GraphQLInputType, item, elements);
  } else if (isEnumType(nullable)) {
    if (typeof value === 'string') elements.add(`${nullable.name}.${value}`);
  } else if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    for (const [name, inner] of Object.entries(value)) {
      const field = fields[name];
      if (!field) continue;
      elements.add(`${nullable.name}.${name}`);
      addParts(field.type, inner, elements);
    }
  }
}
