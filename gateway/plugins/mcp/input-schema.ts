import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** A JSON Schema, as far as the tools need it. */
interface JsonSchema {
  readonly [keyword: string]: unknown;
}

export interface ObjectSchema extends JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: string[];
  readonly additionalProperties: false;
}

/** The longest purpose, as in a token. */
export const longestPurpose = 256;

/** The arguments of every tool besides the variables of its query. */
export const ownArguments = {
  purpose: {
    type: 'string',
    minLength: 1,
    maxLength: longestPurpose,
    description:
      'Why this is read: PROGRAMME, HOSTING, SAFETY, EVALUATION, AUDIT or OTHER, a colon, and the words of the person who asks, such as `HOSTING: to plan the transport`. Another text counts as OTHER. The owners of the data record it beside the person’s name, and may show a field for some purposes only.',
  },
  includeRestricted: {
    type: 'boolean',
    default: false,
    description:
      'True to read restricted fields too: names, plans of journeys, reports. Only for co-ordinators and liaisons, and only if the question needs them.',
  },
} as const;

const builtIn: Readonly<Record<string, string>> = {
  Int: 'integer',
  Float: 'number',
  Boolean: 'boolean',
};

const describe = (...texts: readonly (string | null | undefined)[]): JsonSchema => {
  const description = texts.filter(Boolean).join(' ');
  return description === '' ? {} : { description };
};

/** @param above the input objects around it: one that contains itself is not described again */
function describeNamed(
  type: GraphQLNamedInputType,
  text: string | undefined,
  above: readonly string[],
): JsonSchema {
  if (isEnumType(type)) {
    const values = type.getValues();
    const meanings = values.map(
      ({ name, description }) => description && `${name}: ${description}`,
    );
    return { type: 'string', enum: values.map(({ name }) => name), ...describe(text, ...meanings) };
  }
  if (!isInputObjectType(type)) {
    const standard = builtIn[type.name];
    if (standard) return { type: standard, ...describe(text) };
    return { type: 'string', ...describe(text, type.name === 'ID' ? undefined : type.description) };
  }
  if (above.includes(type.name)) return { type: 'object', ...describe(text) };
  const inside = [...above, type.name];
  const fields = Object.values(type.getFields());
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map((field) => [
        field.name,
        {
          ...describeType(field.type, field.description ?? undefined, inside),
          ...(field.defaultValue !== undefined && { default: field.defaultValue as unknown }),
        },
      ]),
    ),
    required: fields
      .filter(({ type: own, defaultValue }) => isNonNullType(own) && defaultValue === undefined)
      .map(({ name }) => name),
    additionalProperties: false,
    ...describe(text),
  };
}

function describeType(
  type: GraphQLInputType,
  text: string | undefined,
  above: readonly string[] = [],
): JsonSchema {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items = describeType(nullable.ofType as GraphQLInputType, undefined, above);
    return { type: 'array', items, ...describe(text) };
  }
  return describeNamed(nullable as GraphQLNamedInputType, text, above);
}

/** The description of the argument or field that each variable is given to: the first that has one. */
function readDescriptions(schema: GraphQLSchema, document: DocumentNode): Map<string, string> {
  const texts = new Map<string, string>();
  const info = new TypeInfo(schema);
  let inputField: string | undefined;
  visit(
    document,
    visitWithTypeInfo(info, {
      VariableDefinition: () => false,
      ObjectField: {
        enter({ name }) {
          const parent = info.getParentInputType();
          const object = parent && getNullableType(parent);
          inputField = isInputObjectType(object)
            ? (object.getFields()[name.value]?.description ?? undefined)
            : undefined;
        },
        leave() {
          inputField = undefined;
        },
      },
      Variable({ name }) {
        const text = inputField ?? info.getArgument()?.description ?? undefined;
        if (text !== undefined && !texts.has(name.value)) texts.set(name.value, text);
      },
    }),
  );
  return texts;
}

/** The arguments of the tool for a query: the query’s variables, and `ownArguments`. */
export function describeInputs(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): ObjectSchema {
  const texts = readDescriptions(schema, document);
  const required = ['purpose'];
  const variables = variableDefinitions.map(({ variable, type: node, defaultValue }) => {
    const name = variable.name.value;
    const type = typeFromAST(schema, node) as GraphQLInputType;
    if (isNonNullType(type) && !defaultValue) required.push(name);
    const byDefault = defaultValue && { default: valueFromASTUntyped(defaultValue) };
    return [name, { ...describeType(type, texts.get(name)), ...byDefault }] as const;
  });
  return {
    type: 'object',
    properties: { ...Object.fromEntries(variables), ...ownArguments },
    required,
    additionalProperties: false,
  };
}
