import type {
  GraphQLField,
  GraphQLObjectType,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { createJoinPlan, type JoinPlan } from './join-plan.js';
import { readDefaults, toDocument, type PartnerDocument } from './partner-document.js';
import { prepareSelections } from './prepare.js';
import { compileProjection } from './project.js';
import { remember } from './remember.js';
import { readTopFields, type TopField } from './selection.js';
import type { RouteRule } from './spread-rules.js';
import type { SubgraphModel } from './subgraph-model.js';

export interface RootFieldPlan {
  readonly key: string;
  readonly tops: readonly TopField[];
  readonly definition: GraphQLField<unknown, unknown> | undefined;
  readonly route?: RouteRule;
  readonly gather?: JoinPlan;
}

/** How the root fields of a fetch are spread, each for itself. */
export interface RootsPlan {
  readonly kind: 'roots';
  readonly isMutation: boolean;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly fields: readonly RootFieldPlan[];
  readonly project: ReturnType<typeof compileProjection>;
  readonly selectionSet: SelectionSetNode;
  readonly type: GraphQLObjectType;
  /** The document that asks for these response keys. */
  documentFor(keys: readonly string[]): PartnerDocument;
}

/** Plans a fetch of root fields. */
export function planRoots(
  model: SubgraphModel,
  operation: OperationDefinitionNode,
  tops: ReadonlyMap<string, readonly TopField[]>,
): RootsPlan {
  const isMutation = operation.operation === 'mutation';
  const type = isMutation ? model.schema.getMutationType() : model.schema.getQueryType();
  if (!type) throw new Error(`${model.name} has no ${operation.operation}.`);
  const prepared = prepareSelections(model, operation.selectionSet, type);
  const preparedTops = readTopFields(prepared);
  const fields = [...tops].map(([key, fieldTops]): RootFieldPlan => {
    const name = fieldTops[0]?.field.name.value ?? key;
    const coordinate = `${type.name}.${name}`;
    const definition = type.getFields()[name];
    const rule = model.rules?.gatheredFields.get(coordinate);
    return {
      key,
      tops: fieldTops,
      definition,
      route: model.rules?.routedFields.get(coordinate),
      gather: rule && definition && createJoinPlan(rule, definition, fieldTops),
    };
  });
  return {
    kind: 'roots',
    isMutation,
    defaults: readDefaults(operation),
    fields,
    type,
    selectionSet: operation.selectionSet,
    project: compileProjection(model.schema, type, [prepared]),
    documentFor: remember(
      (keys: readonly string[]) =>
        toDocument(
          operation,
          keys.flatMap((key) => (preparedTops.get(key) ?? []).map(({ selection }) => selection)),
        ),
      (keys) => keys.join(' '),
    ),
  };
}
