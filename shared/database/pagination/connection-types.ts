import 'reflect-metadata';

import { Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { Access, MaxAge } from '../../identity/access.js';

/** The position of a page in its list. */
@Directive('@shareable')
@ObjectType({ description: 'Where a page lies in its list.' })
@Access('open')
@MaxAge('inherited')
export class PageInfo {
  @Field(() => Boolean, {
    description: 'True when rows follow this page; of a page before a cursor, always.',
  })
  hasNextPage: boolean;

  @Field(() => Boolean, {
    description:
      'True when the page was asked for with `after`; with `last`, when rows come before it.',
  })
  hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first row, for `before`; null when the page is empty.',
  })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last row, for `after`; null when the page is empty.',
  })
  endCursor: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** A page of a list. Its counts are read with it, and only if they are selected. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
  readonly countAtLeast: number;
}

/**
 * The counts of a connection: `exact` for one server’s own list (`totalCount: Int!`), `gathered` if
 * the hub adds up several servers’ counts (`totalCount: Int`, `countAtLeast: Int!`), `none` if a
 * count would reveal too much.
 */
type ConnectionCounts = 'exact' | 'gathered' | 'none';

export interface ConnectionTypeOptions {
  readonly counts: ConnectionCounts;
  /** The access level of the list and its edges. Its nodes have their own rules. */
  readonly access: string;
  /**
   * True if the list may be cached as long as its nodes. @default false: it differs from caller to
   * caller
   */
  readonly isCached?: boolean;
  /** True if other subgraphs have the same types. @default false */
  readonly isShareable?: boolean;
}

/**
 * Creates the edge and connection types of a node type: `OfficerEdge` and `OfficerConnection` for
 * `Officer`.
 */
export function createConnectionTypes<Node extends object>(
  node: ClassType<Node>,
  name: string,
  { counts, access, isCached = false, isShareable = false }: ConnectionTypeOptions,
): { EdgeType: ClassType<Edge<Node>>; ConnectionType: ClassType<Connection<Node>> } {
  @ObjectType(`${name}Edge`, { description: `A row of \`${name}Connection\`, with its cursor.` })
  class EdgeType implements Edge<Node> {
    @Field(() => String, {
      description: 'The place of the row in the list, for `after` and `before`.',
    })
    cursor: string;

    @Field(() => node, { description: `The row: a record of type \`${name}\`.` })
    node: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of \`${name}\`.` })
  class ConnectionType implements Connection<Node> {
    @Field(() => [EdgeType], { description: 'The rows of the page with their cursors.' })
    edges: EdgeType[];

    @Field(() => [node], { description: 'The rows of the page without cursors.' })
    nodes: Node[];

    @Field(() => PageInfo, { description: 'Whether rows come before or after this page.' })
    pageInfo: PageInfo;

    totalCount: number;
    countAtLeast: number;
  }

  if (counts !== 'none') {
    const isGathered = counts === 'gathered';
    const description = isGathered
      ? 'How many rows the whole list has; null unless every partner answered.'
      : 'How many rows the whole list has.';
    Field(() => Int, { nullable: isGathered, description })(ConnectionType.prototype, 'totalCount');
  }
  if (counts === 'gathered') {
    const description = 'How many rows the partners that answered have.';
    Field(() => Int, { description })(ConnectionType.prototype, 'countAtLeast');
  }
  for (const type of [EdgeType, ConnectionType]) {
    Access(access)(type);
    if (isCached) MaxAge('inherited')(type);
    if (isShareable) Directive('@shareable')(type);
  }
  return { EdgeType, ConnectionType };
}
