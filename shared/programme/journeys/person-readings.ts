import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { Edge } from '../../database/pagination/connection-types.js';
import { readPageSize } from '../../database/pagination/page-size.js';
import { Access, Self } from '../../identity/access.js';
import { isService } from '../../identity/reader.js';
import type { Role } from '../../identity/token.js';
import { ownerOf } from '../../policy/codes.js';
import { isMissing } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { Levels } from '../../policy/levels.js';
import { isOneOf } from '../../policy/readers.js';
import { readReadings } from '../../records/people/read-readings.js';
import { type Reading, ReadingConnection } from '../../records/people/reading.type.js';

const readingArguments = {
  first: {
    nullable: true,
    defaultValue: 50,
    description: 'How many readings at most: 1 to 1,000.',
  },
  after: { nullable: true, description: 'The cursor of the reading to continue behind.' },
} as const;

const ask = `query Readings($person: ID!, $first: Int!, $after: String) {
  networkReadings(person: $person, first: $first, after: $after) {
    edges { cursor node { id at owner organisation role reader client purpose purposeNote type fields wasRefused } }
    pageInfo { hasNextPage }
    toldSince
  }
}`;

type Page = Pick<ReadingConnection, 'edges' | 'toldSince'> & {
  readonly pageInfo: { readonly hasNextPage: boolean };
};

const nothing: Page = { edges: [], pageInfo: { hasNextPage: false }, toldSince: null };

interface Asked {
  readonly person: string;
  readonly first: number;
  readonly after: string | null;
}

/** What the network recorded. Without it, the response names the network as missing. */
async function askNetwork(
  context: PartnerContext,
  asked: Asked,
  info: GraphQLResolveInfo,
): Promise<Page> {
  try {
    const { networkReadings } = await context.askHub(ask, { ...asked });
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
  asked: Asked,
  info: GraphQLResolveInfo,
): Promise<ReadingConnection> {
  const [own, network] = await Promise.all([
    readReadings(context, asked.person, asked),
    askNetwork(context, asked, info),
  ]);
  const all = merge(own.edges, network.edges);
  const edges = hideReaders(context, ['auditor'], all.slice(0, asked.first));
  const since = [own.toldSince, network.toldSince].filter((one) => one !== null);
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage:
        all.length > asked.first || own.pageInfo.hasNextPage || network.pageInfo.hasNextPage,
      hasPreviousPage: asked.after !== null,
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
      @Arg('first', () => Int, readingArguments.first) first: number | null,
      @Arg('after', () => String, readingArguments.after) after: string | null,
      @Ctx() context: PartnerContext,
      @Info() info: GraphQLResolveInfo,
    ): Promise<ReadingConnection> {
      return readAll(
        context,
        { person: id, first: readPageSize(first), after: after ?? null },
        info,
      );
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
    @Arg('first', () => Int, readingArguments.first) first: number | null,
    @Arg('after', () => String, readingArguments.after) after: string | null,
    @Ctx() context: PartnerContext,
  ): Promise<ReadingConnection> {
    const page = await readReadings(context, person, { first, after });
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
