// Plain JavaScript: the build runs it.
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** What a form needs to know of one field. */
function describeField({ name, type, description, defaultValue }) {
  const inner = isNonNullType(type) ? type.ofType : type;
  const named = getNamedType(type);
  return {
    name,
    type: named.name,
    isRequired: isNonNullType(type) && defaultValue === undefined,
    isList: isListType(inner),
    description: description ?? '',
    // Each such day, and no other, says so: `shared/partner/mutations/input-rules.ts`.
    ...(/rule FUTURE\b/.test(description ?? '') && { isPast: true }),
    ...(isEnumType(named) && {
      values: named.getValues().map((value) => ({
        name: value.name,
        description: value.description ?? '',
      })),
    }),
  };
}

/** All input types of the schema, as a module for the forms of the pages. */
export function describeInputs(schemaText) {
  const types = Object.values(buildSchema(schemaText).getTypeMap()).filter(isInputObjectType);
  const inputs = Object.fromEntries(
    types.map((type) => [type.name, Object.values(type.getFields()).map(describeField)]),
  );
  return `import type { InputField } from '../parts/form/input-field.ts';

export const inputs: Readonly<Record<string, readonly InputField[]>> = ${JSON.stringify(inputs, null, 1)};
`;
}
