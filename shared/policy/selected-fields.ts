import {
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A selected field of an object. */
export interface SelectedField {
  /** For an interface or a union, each possible type. */
  readonly type: GraphQLObjectType;
  readonly name: string;
  readonly isRoot: boolean;
}

/**
 * All fields that the queries of a document may read, whatever the conditions are, with
 * `__typename`. They decide whether everybody may read the response. Undefined if the schema does
 * not know a field, or the document is not a query.
 */
export function listSelectedFields(
  schema: GraphQLSchema,
  document: DocumentNode,
): readonly SelectedField[] | undefined {
  const typeInfo = new TypeInfo(schema);
  const selected: SelectedField[] = [];
  let isKnown = true;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      OperationDefinition({ operation }) {
        if (operation !== 'query') isKnown = false;
      },
      Field({ name: { value: name } }) {
        const type = typeInfo.getParentType();
        const definition = typeInfo.getFieldDef();
        if (!type || !definition) isKnown = false;
        else if (isRoot(schema, type)) selected.push({ type, name, isRoot: true });
        else
          for (const one of objectsOf(schema, type))
            selected.push({ type: one, name, isRoot: false });
      },
    }),
  );
  return isKnown ? selected : undefined;
}

const isRoot = (schema: GraphQLSchema, type: GraphQLCompositeType): type is GraphQLObjectType =>
  type === schema.getQueryType();

function objectsOf(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
): readonly GraphQLObjectType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}
