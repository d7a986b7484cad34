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

/** A field that a document asks of an object. */
export interface SelectedField {
  /** Of an interface or a union, each type that may be there is asked. */
  readonly type: GraphQLObjectType;
  readonly name: string;
  readonly isRoot: boolean;
}

/**
 * All fields that the queries of a document may read, conditions or not, `__typename` included: what decides whether
 * everybody may read what comes. Undefined where something is asked that the schema does not tell, or that is no query.
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
