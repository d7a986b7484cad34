import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';

/** `Type`, `Type.part`, or `Type.field(argument:)`. */
const form = /^(\w+)(?:\.(\w+)(?:\((\w+):\))?)?$/;

/** True if a schema itself has an element with this coordinate. What it only refers to is not its own. */
export function hasElement(schema: GraphQLSchema, coordinate: string): boolean {
  const [, typeName = '', part, argument] = form.exec(coordinate) ?? [];
  const type = schema.getType(typeName);
  if (!type) return false;
  if (part === undefined) return true;
  if (isEnumType(type)) return type.getValue(part) !== undefined;
  if (isInputObjectType(type)) return part in type.getFields();
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const field = type.getFields()[part];
  if (!field) return false;
  const isExternal = field.astNode?.directives?.some(({ name }) => name.value === 'external');
  if (isExternal) return false;
  return argument === undefined || field.args.some(({ name }) => name === argument);
}
