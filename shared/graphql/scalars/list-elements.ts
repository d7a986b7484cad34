import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Something of a schema that can have a description. */
export interface SchemaElement {
  /** The schema coordinate: `Event`, `Event.roles`, `Event.roles(role:)`, `EventKind.SEMINAR`, `@route(by:)`. */
  readonly coordinate: string;
  readonly description: string | undefined;
}

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** What federation adds to the schema of a subgraph. */
const isForeign = ({ name }: Described): boolean => /^_|__/.test(name);

/** Those of Apollo Federation, which its specification describes. */
const federationDirectives =
  /^(key|external|requires|provides|shareable|extends|override|inaccessible|tag|interfaceObject|composeDirective|link)$/;

const toElement = (coordinate: string, { description }: Described): SchemaElement => ({
  coordinate,
  description: description ?? undefined,
});

const argumentsOf = (owner: string, args: readonly GraphQLArgument[]): SchemaElement[] =>
  args.map((arg) => toElement(`${owner}(${arg.name}:)`, arg));

function membersOf(type: GraphQLNamedType): SchemaElement[] {
  const coordinateOf = ({ name }: Described) => `${type.name}.${name}`;
  if (isEnumType(type)) {
    return type.getValues().map((value) => toElement(coordinateOf(value), value));
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => toElement(coordinateOf(field), field));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields())
    .filter((field) => !isForeign(field))
    .flatMap((field) => [
      toElement(coordinateOf(field), field),
      ...argumentsOf(coordinateOf(field), field.args),
    ]);
}

/** Every type, field, argument, enum value and directive that a schema itself defines. */
export function listElements(schema: GraphQLSchema): SchemaElement[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !isForeign(type),
  );
  const directives = schema
    .getDirectives()
    .filter((directive) => !isSpecifiedDirective(directive) && !isForeign(directive))
    .filter(({ name }) => !federationDirectives.test(name));
  return [
    ...types.flatMap((type) => [toElement(type.name, type), ...membersOf(type)]),
    ...directives.flatMap((directive) => [
      toElement(`@${directive.name}`, directive),
      ...argumentsOf(`@${directive.name}`, directive.args),
    ]),
  ];
}
