import type {
  GraphQLField,
  GraphQLObjectType,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import type { CodeMeter } from '../../engine/codegen/code-unit.js';
import {
  createSelectionSet,
  readTopFields,
  type TopField,
} from '../../engine/documents/selection.js';
import { unsliced, type Slicing } from '../../engine/json/compile-parser.js';
import { compileProjection, type ProjectObject } from '../response/compile-projection.js';
import { createMergePlan, type MergePlan } from '../response/merge-plan.js';
import type { RouteRule } from '../rules/fan-out-rules.js';
import type { SubgraphModel } from '../rules/subgraph-model.js';
import { memoize, toDocument, type PartnerDocument } from './partner-document.js';
import { prepareSelections } from './prepare-selections.js';

export interface RootFieldPlan {
  readonly key: string;
  readonly tops: readonly TopField[];
  readonly definition: GraphQLField<unknown, unknown> | undefined;
  readonly route?: RouteRule;
  readonly gather?: MergePlan;
}

/** The request to one partner for root fields, and how its response is projected. */
interface RootsRequest {
  readonly document: PartnerDocument;
  readonly keys: ReadonlySet<string>;
  readonly project: ProjectObject;
}

/** How the root fields of a fetch are fanned out, each by itself. */
export interface RootsPlan {
  readonly kind: 'roots';
  readonly isMutation: boolean;
  readonly fields: readonly RootFieldPlan[];
  readonly selectionSet: SelectionSetNode;
  readonly type: GraphQLObjectType;
  readonly slicing: Slicing;
  /** The request for these response keys. */
  requestFor(keys: readonly string[]): RootsRequest;
}

/** Plans a fetch of root fields. */
export function planRoots(
  model: SubgraphModel,
  operation: OperationDefinitionNode,
  tops: ReadonlyMap<string, readonly TopField[]>,
  meter?: CodeMeter,
  slicing = unsliced,
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
      gather: rule && definition && createMergePlan(rule, definition, fieldTops),
    };
  });
  const makeRequest = (keys: readonly string[]): RootsRequest => {
    const selections = keys.flatMap((key): readonly SelectionNode[] =>
      (preparedTops.get(key) ?? []).map(({ selection }) => selection),
    );
    return {
      document: toDocument(operation, selections, meter, slicing),
      keys: new Set(keys),
      project: compileProjection(model.schema, type, [createSelectionSet(selections)], meter, {
        isContracted: model.isContracted,
        slices: slicing.slices,
      }),
    };
  };
  return {
    kind: 'roots',
    isMutation,
    fields,
    slicing,
    type,
    selectionSet: operation.selectionSet,
    requestFor: memoize(makeRequest, (keys) => keys.join(' ')),
  };
}
