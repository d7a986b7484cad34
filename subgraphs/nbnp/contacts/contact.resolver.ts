import { pagination } from '@hub/shared/database';
import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { loadEvents } from '../access/load-related.js';
import { Event } from '../entities/event.entity.js';
import { Party } from '../entities/party.interface.js';
import { ContactBasis } from '../entities/vocabulary.js';
import { ContactFilter } from './contact.input.js';
import { Contact } from './contact.js';
import { loadContacts } from './load-contacts.js';
import { pageContacts } from './page-contacts.js';
import { showCountries, showParties } from './show-actors.js';

const { ConnectionType: ContactConnection } = pagination.createConnectionTypes(Contact, 'Contact', {
  counts: 'exact',
  access: 'open',
});
const defaultMinimum = 2;

@Resolver(() => Contact)
export class ContactResolver {
  @Query(() => ContactConnection, {
    nullable: true,
    description:
      'Pairs of parties that have at least `minimum` events, visits or programmes in common, the strongest first, then by their ids. A visit counts once it has ended, for callers who may read its itinerary and for anonymous callers.',
  })
  @Access('open')
  async contacts(
    @Arg('filter', () => ContactFilter, {
      nullable: true,
      description: 'Selects contacts, and what counts as one party.',
    })
    filter: ContactFilter | null,
    @Arg('minimum', () => Int, {
      nullable: true,
      defaultValue: defaultMinimum,
      description: 'The smallest strength; 1 or more.',
    })
    minimum: number | null,
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<pagination.Connection<Contact>> {
    const { counted } = await loadContacts(context, { filter }, info);
    return pageContacts(counted, minimum ?? defaultMinimum, page);
  }

  @FieldResolver(() => ID, {
    description:
      'The smaller of the two ids, or at level COUNTRY of the two codes: one end for programs that read lists of edges. Contacts have no direction.',
  })
  source(@Root() { between }: Contact): string {
    return between[0];
  }

  @FieldResolver(() => ID, { description: 'The larger of the two: the other end.' })
  target(@Root() { between }: Contact): string {
    return between[1];
  }

  @FieldResolver(() => [Party], {
    nullable: 'items',
    description:
      'The two parties, ordered by id. Empty at level COUNTRY. Null for a party that the network no longer has.',
  })
  parties(
    @Root() { between, level }: Contact,
    @Ctx() context: PartnerContext,
  ): Promise<(object | null)[]> {
    return showParties(between, level, context);
  }

  @FieldResolver(() => [CountryCodeScalar], {
    description: 'At level COUNTRY the two countries, ordered by code. Otherwise empty.',
  })
  countries(@Root() { between, level }: Contact): readonly string[] {
    return showCountries(between, level);
  }

  @FieldResolver(() => [Event], {
    description: 'The events of the evidence, ordered by id.',
  })
  events(@Root() { evidence }: Contact, @Ctx() context: PartnerContext): Promise<Event[]> {
    const ofEvents = evidence.filter(
      ({ basis }) => basis === ContactBasis.EVENT || basis === ContactBasis.REPRESENTATION,
    );
    return loadEvents(
      ofEvents.map(({ subjectId }) => subjectId),
      context,
    );
  }
}
