import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { Edge, PageInfo } from '../../database/pagination/connection-types.js';
import { readPageRequest, type PageRequest } from '../../database/pagination/page-size.js';
import { Paged, type PageArguments } from '../../database/pagination/paged.js';
import { Access, Self } from '../../identity/access.js';
import { isService } from '../../identity/reader.js';
import type { Role } from '../../identity/token.js';
import { ownerOf } from '../../policy/codes.js';
import { isMissing } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { Levels } from '../../policy/levels.js';
import { isOneOf } from '../../policy/readers.js';
import { readReadings } from '../../records/people/read-readings.js';
import { ReadingConnection, type Reading } from '../../records/people/reading.type.js';

const ask = ({ isBackwards }: PageRequest) => {
  const [size, cursor] = isBackwards ? ['last', 'before'] : ['first', 'after'];
  return `query Readings($person: ID!, $size: Int!, $cursor: String) {
  networkReadings(person: $person, ${size}: $size, ${cursor}: $cursor) {
    edges { cursor node { id at owner organisation role reader client purpose purposeNote type fields wasRefused } }
    pageInfo { hasNextPage hasPreviousPage }
    toldSince
  }
}`;
};

type Page = Pick<ReadingConnection, 'edges' | 'toldSince'> & {
  readonly pageInfo: Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>;
};

const nothing: Page = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false },
  toldSince: null,
};

/** What the network recorded. Without it, the response names the network as missing. */
async function askNetwork(
  context: PartnerContext,
  person: string,
  request: PageRequest,
  info: GraphQLResolveInfo,
): Promise<Page> {
  const { size, cursor } = request;
  try {
    const { networkReadings } = await context.askHub(ask(request), { person, size, cursor });
    return (networkReadings as Page | null) ?? nothing;
  } catch (error) {
    if (!isMissing(error)) throw error;
    context.missing.note(error, info);
    return nothing;
  }
}

const isNewer = (one: Reading, other: Reading): boolean =>
  one.at === other.at ? one.owner < other.owner : one.at > other.at;

/** Two lists in one order, the newest first. */
function merge(one: readonly Edge<Reading>[], other: readonly Edge<Reading>[]): Edge<Reading>[] {
  const merged: Edge<Reading>[] = [];
  const rest = [...other];
  for (const edge of one) {
    while (rest[0] && isNewer(rest[0].node, edge.node)) merged.push(...rest.splice(0, 1));
    merged.push(edge);
  }
  return [...merged, ...rest];
}

/** Who read is named only to auditors of the same organisation. */
const hideReaders = (
  { reader: asker }: PartnerContext,
  roles: readonly Role[],
  edges: readonly Edge<Reading>[],
): Edge<Reading>[] =>
  edges.map(({ cursor, node }) => ({
    cursor,
    node: isOneOf(asker, node.organisation, roles) ? node : Object.assign(node, { reader: null }),
  }));

/** A page of all readings about one of the partner’s own people, with what the network recorded. */
async function readAll(
  context: PartnerContext,
  person: string,
  page: PageArguments,
  info: GraphQLResolveInfo,
): Promise<ReadingConnection> {
  const request = readPageRequest(page);
  const { size, isBackwards } = request;
  const [own, network] = await Promise.all([
    readReadings(context, person, page),
    askNetwork(context, person, request, info),
  ]);
  const all = merge(own.edges, network.edges);
  const cut = isBackwards ? all.slice(-size) : all.slice(0, size);
  const edges = hideReaders(context, ['auditor'], cut);
  const since = [own.toldSince, network.toldSince].filter((one) => one !== null);
  const goesOn = (name: 'hasNextPage' | 'hasPreviousPage') =>
    own.pageInfo[name] || network.pageInfo[name];
  const [isContinued, hasMore] = [request.cursor !== null, all.length > size];
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: isBackwards ? isContinued : hasMore || goesOn('hasNextPage'),
      hasPreviousPage: isBackwards ? hasMore || goesOn('hasPreviousPage') : isContinued,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    toldSince: since.toSorted().at(-1) ?? null,
  };
}

/** Makes the resolver of the readings about a partner’s own people of one type. */
export function createReadings(person: new () => { readonly id: string }): Function {
  @Resolver(() => person)
  class PersonReadings {
    @FieldResolver(() => ReadingConnection, {
      nullable: true,
      description:
        'Who read what about this person, newest first, for two years: here and at the network. Earlier readings cannot be told.',
    })
    @Access('ownReadings')
    @Self()
    readings(
      @Root() { id }: { readonly id: string },
      @Paged() page: PageArguments,
      @Ctx() context: PartnerContext,
      @Info() info: GraphQLResolveInfo,
    ): Promise<ReadingConnection> {
      return readAll(context, id, page, info);
    }
  }
  return PersonReadings;
}

/**
 * Its auditors and its server may read what the network recorded about an organisation’s people.
 * `personReadings` is the level of the field.
 */
const networkReaders: Levels = {
  personReadings: {
    readers: 'auditors and the server of the organisation that registered the person',
    decide: (_row, { reader }, { person }) =>
      typeof person === 'string' && isOneOf(reader, ownerOf(person), ['auditor', 'service']),
  },
};

@Resolver()
class NetworkReadingsResolver {
  @Query(() => ReadingConnection, {
    nullable: true,
    description:
      'Who read what the network holds about a person, newest first, for two years. `Officer.readings`, `Delegate.readings` and `Expert.readings` include it.',
  })
  @Access('personReadings')
  @Self()
  async networkReadings(
    @Arg('person', () => ID, { description: 'Id of the officer, delegate or expert: `dk:…`.' })
    person: string,
    @Paged() asked: PageArguments,
    @Ctx() context: PartnerContext,
  ): Promise<ReadingConnection> {
    const page = await readReadings(context, person, asked);
    if (!isService(context.reader))
      context.disclosures.note('Query', 'networkReadings', '', person);
    const edges = hideReaders(context, ['auditor', 'service'], page.edges);
    const { pageInfo, toldSince } = page;
    return { edges, nodes: edges.map(({ node }) => node), pageInfo, toldSince };
  }
}

/** What the network recorded about people of others: its resolver, and who may ask. */
export const networkReadings: { readonly resolver: Function; readonly levels: Levels } = {
  resolver: NetworkReadingsResolver,
  levels: networkReaders,
};
