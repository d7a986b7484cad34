// Plain JavaScript: the build runs it.
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** What a form needs to know of one field. Its words come from the texts of the pages. */
function describeField({ name, type, description, defaultValue }) {
  const inner = isNonNullType(type) ? type.ofType : type;
  const named = getNamedType(type);
  const isList = isListType(inner);
  const mayBeEmpty =
    isList && isNonNullType(type) && /\b(empty if|may be empty)\b/.test(description ?? '');
  return {
    name,
    type: named.name,
    isRequired: isNonNullType(type) && defaultValue === undefined && !mayBeEmpty,
    isList,
    ...(mayBeEmpty && { mayBeEmpty }),
    // Each such day, and no other, says so: `shared/partner/mutations/input-rules.ts`.
    ...(/rule FUTURE\b/.test(description ?? '') && { isPast: true }),
    ...(isEnumType(named) && { values: named.getValues().map(({ name: value }) => value) }),
  };
}

/** The mutations that the pages name as a text, or as a key: `'createGroup'`. Each has a form. */
function listMutations(schema, pageTexts) {
  const fields = schema.getMutationType().getFields();
  const named = new Set(
    [...pageTexts.join('\n').matchAll(/'(\w+)'|\b(\w+): \{/g)].map(([, text, key]) => text ?? key),
  );
  return Object.values(fields)
    .filter(({ name }) => named.has(name))
    .map((field) => {
      const [{ name: argument, type }] = field.args;
      return { ...field, argument, input: getNamedType(type).name };
    });
}

const operationOf = (name) => `Send${name[0].toUpperCase()}${name.slice(1)}`;

/** The operation that sends a form. It reads the id of what it changed or added, if that has one. */
function writeOperation({ name, argument, input, type }) {
  const result = getNamedType(type);
  const hasId = isCompositeType(result) && 'id' in (result.getFields?.() ?? {});
  const added = /^set\w+ContactPoint$/.test(name) ? ' contactPoints { id }' : '';
  const selection = isCompositeType(result) ? ` { ${hasId ? 'id' : '__typename'}${added} }` : '';
  return `mutation ${operationOf(name)}($input: ${input}!) { ${name}(${argument}: $input)${selection} }`;
}

/** The input types that the pages name, and those in them, by name. */
function listInputs(schema, names) {
  const used = new Set();
  const use = (type) => {
    if (!isInputObjectType(type) || used.has(type)) return;
    used.add(type);
    for (const field of Object.values(type.getFields())) use(getNamedType(field.type));
  };
  for (const name of names) use(schema.getType(name));
  return Object.fromEntries(
    [...used].map((type) => [
      type.name,
      Object.values(type.getFields())
        .filter(({ deprecationReason }) => deprecationReason === undefined)
        .map(describeField),
    ]),
  );
}

/** What the forms of the pages need: an operation for each of their mutations, and the module of both. */
export function describeForms(schemaText, pageTexts) {
  const schema = buildSchema(schemaText);
  const mutations = listMutations(schema, pageTexts);
  const named = [...pageTexts.join('\n').matchAll(/\b[A-Z]\w*Input\b/g)].map(([name]) => name);
  const inputs = listInputs(schema, [...named, ...mutations.map(({ input }) => input)]);
  const documents = mutations.map(({ name }) => `${operationOf(name)}Document`);
  const rows = mutations.map(
    ({ name, input }) =>
      `  ${name}: { input: '${input}', document: ${operationOf(name)}Document },`,
  );
  return {
    operations: mutations.map(writeOperation),
    inputs: `import type { InputField } from '../parts/form/input-field.ts';

export const inputs: Readonly<Record<string, readonly InputField[]>> = ${JSON.stringify(inputs)};
`,
    mutations: `import { ${documents.join(', ')} } from './graphql.ts';

/** The mutations that have a form, by their names in the schema. */
export const mutations = {
${rows.join('\n')}
} as const;
`,
  };
}
