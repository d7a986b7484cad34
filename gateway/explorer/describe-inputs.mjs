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

/** The input types that the pages name, and those in them, as a module for their forms. */
export function describeInputs(schemaText, pageTexts) {
  const schema = buildSchema(schemaText);
  const used = new Set();
  const use = (type) => {
    if (!isInputObjectType(type) || used.has(type)) return;
    used.add(type);
    for (const field of Object.values(type.getFields())) use(getNamedType(field.type));
  };
  for (const [name] of pageTexts.join('\n').matchAll(/\b[A-Z]\w*Input\b/g))
    use(schema.getType(name));
  const inputs = Object.fromEntries(
    [...used].map((type) => [type.name, Object.values(type.getFields()).map(describeField)]),
  );
  return `import type { InputField } from '../parts/form/input-field.ts';

export const inputs: Readonly<Record<string, readonly InputField[]>> = ${JSON.stringify(inputs, null, 1)};
`;
}
