import type { GatewayConfig } from './engine.js';

// The engine does not export these types. They are derived from what it exports.

export type QueryPlan = Parameters<
  NonNullable<GatewayConfig['experimental_didResolveQueryPlan']>
>[0]['queryPlan'];
export type PlanNode = NonNullable<QueryPlan['node']>;
type NodeOf<Kind extends PlanNode['kind']> = Extract<PlanNode, { readonly kind: Kind }>;
export type FetchNode = NodeOf<'Fetch'>;
export type RequiredSelection = NonNullable<FetchNode['requires']>[number];
export type Rewrite = NonNullable<FetchNode['inputRewrites']>[number];
