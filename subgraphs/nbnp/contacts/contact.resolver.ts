import type { PartnerContext } from '@hub/shared/context';
import { createConnectionTypes, IsCounted, Page, type Connection } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { loadEventIdsOf, loadEvents, loadParty } from '../access/load-related.js';
import { Contact } from '../entities/contact.js';
import { Event } from '../entities/event.entity.js';
import { Party } from '../entities/party.interface.js';
import { findContacts } from './find-contacts.js';

const { ConnectionType: ContactConnection } = createConnectionTypes(Contact, 'Contact', {
  counts: 'exact',
  access: 'open',
  isCached: true,
});
const defaultMinimum = 2;

@Resolver(() => Contact)
export class ContactResolver {
  @Query(() => ContactConnection, {
    nullable: true,
    description:
      'Pairs of parties that took part in at least `minimum` common events: the contacts that outlive a visit.',
  })
  @Access('open')
  contacts(
    @Arg('minimum', () => Int, {
      nullable: true,
      defaultValue: defaultMinimum,
      description: 'In how many events both must have taken part: 1 or more, 2 when null.',
    })
    minimum: number | null,
    @Args(() => Page) page: Page,
    @IsCounted() isCounted: boolean,
    @Ctx() { source }: PartnerContext,
  ): Promise<Connection<Contact>> {
    return findContacts(source, minimum ?? defaultMinimum, Object.assign(page, { isCounted }));
  }

  @FieldResolver(() => [Party], {
    nullable: 'items',
    description: 'The two parties, the smaller id first.',
  })
  parties(
    @Root() { partyIds }: Contact,
    @Ctx() context: PartnerContext,
  ): Promise<(object | null)[]> {
    return Promise.all(partyIds.map((id) => loadParty(id, context)));
  }

  @FieldResolver(() => [Event], {
    description: 'The events that both took part in, by start date, then id.',
  })
  async events(@Root() { partyIds }: Contact, @Ctx() context: PartnerContext): Promise<Event[]> {
    const [one, other] = await Promise.all(partyIds.map((id) => loadEventIdsOf(id, null, context)));
    const common = new Set(other);
    return loadEvents(one?.filter((id) => common.has(id)) ?? [], context);
  }
}
