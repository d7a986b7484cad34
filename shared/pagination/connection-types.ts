import 'reflect-metadata';

import { Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { Access, MaxAge, maxAges } from '../access/index.js';

/** Where a page lies in its list. */
@Directive('@shareable')
@ObjectType()
@Access('open')
@MaxAge(maxAges.inherited)
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => Boolean)
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true })
  startCursor: string | null;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** A page of a list. Its counts are read with it, and only where they are selected. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
  readonly countAtLeast: number;
}

/**
 * How a connection counts: `exact` for one server’s own list (`totalCount: Int!`), `gathered` where the hub adds up
 * several servers’ (`totalCount: Int`, `countAtLeast: Int!`), `none` where a count would tell too much.
 */
export type ConnectionCounts = 'exact' | 'gathered' | 'none';

export interface ConnectionTypeOptions {
  readonly counts: ConnectionCounts;
  /** The level of access of the list and its edges. Its nodes are guarded by themselves. */
  readonly access: string;
  /** True where the list may be cached as long as its nodes. @default false: it differs from caller to caller */
  readonly isCached?: boolean;
  /** True where other subgraphs have the same types. @default false */
  readonly isShareable?: boolean;
  readonly description?: string;
}

/** The edge and connection types of a node type: `OfficerEdge` and `OfficerConnection` for `Officer`. */
export function createConnectionTypes<Node extends object>(
  node: ClassType<Node>,
  name: string,
  { counts, access, isCached = false, isShareable = false, description }: ConnectionTypeOptions,
): { EdgeType: ClassType<Edge<Node>>; ConnectionType: ClassType<Connection<Node>> } {
  @ObjectType(`${name}Edge`)
  class EdgeType implements Edge<Node> {
    @Field(() => String)
    cursor: string;

    @Field(() => node)
    node: Node;
  }

  @ObjectType(`${name}Connection`, { description })
  class ConnectionType implements Connection<Node> {
    @Field(() => [EdgeType])
    edges: EdgeType[];

    @Field(() => [node])
    nodes: Node[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;

    totalCount: number;
    countAtLeast: number;
  }

  if (counts !== 'none') {
    Field(() => Int, { nullable: counts === 'gathered' })(ConnectionType.prototype, 'totalCount');
  }
  if (counts === 'gathered') Field(() => Int)(ConnectionType.prototype, 'countAtLeast');
  for (const type of [EdgeType, ConnectionType]) {
    Access(access)(type);
    if (isCached) MaxAge(maxAges.inherited)(type);
    if (isShareable) Directive('@shareable')(type);
  }
  return { EdgeType, ConnectionType };
}
