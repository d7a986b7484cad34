import {
  getNamedType,
  GraphQLError,
  isScalarType,
  Kind,
  specifiedRules,
  ValuesOfCorrectTypeRule,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/**
 * Validates literals. A literal that a scalar rejects is `BAD_USER_INPUT`, like the same value in a
 * variable. The code is set here, where the type is known. To find the type later, each error would
 * need a walk through the document.
 */
const checkLiterals: ValidationRule = (context) => {
  const reportError = (error: GraphQLError): void => {
    const kind = error.nodes?.[0]?.kind;
    const type = context.getInputType();
    const isValue = kind !== Kind.OBJECT_FIELD && kind !== Kind.NULL;
    if (!isValue || !type || !isScalarType(getNamedType(type))) return context.reportError(error);
    const { nodes, message, originalError = error } = error;
    const extensions = { ...error.extensions, code: 'BAD_USER_INPUT' };
    context.reportError(new GraphQLError(message, { nodes, originalError, extensions }));
  };
  return ValuesOfCorrectTypeRule(
    Object.create(context, { reportError: { value: reportError } }) as ValidationContext,
  );
};

const refuseIntrospection: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    const message = 'Introspection is not allowed here.';
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});

/** The rules of the specification, and one more if introspection is not allowed. */
export function chooseRules(introspection: boolean): readonly ValidationRule[] {
  const rules = specifiedRules.map((rule) =>
    rule === ValuesOfCorrectTypeRule ? checkLiterals : rule,
  );
  return introspection ? rules : [...rules, refuseIntrospection];
}
