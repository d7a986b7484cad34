import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { loadParty } from '../access/load-related.js';
import { Party } from '../entities/party.interface.js';
import { ContactLevel } from '../entities/vocabulary.js';
import { ContactFilter } from './contact.input.js';
import { Centrality, ContactNetwork, ContactPath } from './contact.js';
import { findCentralities, findNetworkAround, findPaths } from './find-network.js';
import { mostPaths } from './graph-computations.js';
import { showCountries, showParties } from './show-actors.js';

const filterOption = {
  nullable: true,
  description: 'Which contacts the network has, and what counts as one party.',
} as const;
const defaultFirst = 20;

@Resolver(() => ContactPath)
export class ContactPathResolver {
  @Query(() => [ContactPath], {
    nullable: true,
    description: `All shortest chains of contacts between two parties, compared party by party in the order of ids; the first ${mostPaths} of them. Empty if there is none. At level COUNTRY a country is named by its code, or by one of its parties.`,
  })
  @Access('open')
  contactPaths(
    @Arg('from', () => ID, { description: 'The party at which every chain begins.' }) from: string,
    @Arg('to', () => ID, { description: 'The party at which every chain ends.' }) to: string,
    @Arg('filter', () => ContactFilter, filterOption) filter: ContactFilter | null,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ContactPath[]> {
    return findPaths(context, { from, to, filter }, info);
  }

  @FieldResolver(() => [Party], {
    nullable: 'items',
    description: 'The parties of the chain, from the first to the last. Empty at level COUNTRY.',
  })
  parties(
    @Root() { actors, level }: ContactPath,
    @Ctx() context: PartnerContext,
  ): Promise<(object | null)[]> {
    return showParties(actors, level, context);
  }

  @FieldResolver(() => [CountryCodeScalar], {
    description:
      'At level COUNTRY the countries of the chain, from the first to the last. Otherwise empty.',
  })
  countries(@Root() { actors, level }: ContactPath): readonly string[] {
    return showCountries(actors, level);
  }
}

@Resolver(() => Centrality)
export class CentralityResolver {
  @Query(() => [Centrality], {
    nullable: true,
    description:
      'How central each party with a contact is. Ordered by betweenness, then degree, highest first, then id. `without` leaves parties out before anything is counted.',
  })
  @Access('open')
  centralities(
    @Arg('filter', () => ContactFilter, filterOption) filter: ContactFilter | null,
    @Arg('without', () => [ID], {
      nullable: true,
      description:
        'Parties to leave out, at most 1,000. At the levels PARENT and COUNTRY also parents and codes of countries: all parties that count as these are left out.',
    })
    without: string[] | null,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: defaultFirst,
      description: 'How many; 1 to 1,000.',
    })
    first: number | null,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Centrality[]> {
    return findCentralities(context, { filter, without, first: first ?? defaultFirst }, info);
  }

  @FieldResolver(() => Party, {
    nullable: true,
    description: 'The party; null at level COUNTRY.',
  })
  async party(
    @Root() { actor, level }: Centrality,
    @Ctx() context: PartnerContext,
  ): Promise<object | null> {
    return level === ContactLevel.COUNTRY ? null : loadParty(actor, context);
  }

  @FieldResolver(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country at level COUNTRY; otherwise null.',
  })
  country(@Root() { actor, level }: Centrality): string | null {
    return level === ContactLevel.COUNTRY ? actor : null;
  }
}

@Resolver(() => ContactNetwork)
export class ContactNetworkResolver {
  @Query(() => ContactNetwork, {
    nullable: true,
    description:
      'A party, all parties at most `distance` contacts away from it, and the contacts among them. A party without contacts is alone. Null if the party is unknown. `QUERY_TOO_COMPLEX` above 1,000 parties or 10,000 contacts.',
  })
  @Access('open')
  contactNetwork(
    @Arg('around', () => ID, {
      description: 'The party in the middle; at level COUNTRY also the code of a country.',
    })
    around: string,
    @Arg('distance', () => Int, {
      nullable: true,
      defaultValue: 1,
      description: 'The largest distance of another party, in contacts; 1 to 3.',
    })
    distance: number | null,
    @Arg('filter', () => ContactFilter, filterOption) filter: ContactFilter | null,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ContactNetwork | null> {
    return findNetworkAround(context, { around, distance: distance ?? 1, filter }, info);
  }

  @FieldResolver(() => [Party], {
    nullable: 'items',
    description:
      'The parties, ordered by id; the one in the middle is among them. Empty at level COUNTRY.',
  })
  parties(
    @Root() { actors, level }: ContactNetwork,
    @Ctx() context: PartnerContext,
  ): Promise<(object | null)[]> {
    return showParties(actors, level, context);
  }

  @FieldResolver(() => [CountryCodeScalar], {
    description: 'At level COUNTRY the countries, ordered by code. Otherwise empty.',
  })
  countries(@Root() { actors, level }: ContactNetwork): readonly string[] {
    return showCountries(actors, level);
  }
}
