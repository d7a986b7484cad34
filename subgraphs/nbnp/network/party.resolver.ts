import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { selectEvents } from '../access/leave-out-rehearsals.js';
import { loadEventIdsOf, loadEvents, loadParty } from '../access/load-related.js';
import { Event } from '../entities/event.entity.js';
import { Party } from '../entities/party.interface.js';
import { PartyRoleKind } from '../entities/vocabulary.js';

/** The network’s fields of a party of any owner. */
@Resolver(() => Party)
export class PartyResolver {
  @Query(() => Party, {
    nullable: true,
    description:
      'The party with this id, of any kind; null if there is none. `DANGLING_REFERENCE` says that its owner has none.',
  })
  @Access('open')
  party(
    @Arg('id', () => ID, { description: 'Id of the party: `ncm:murmansk`.' }) id: string,
    @Ctx() context: PartnerContext,
  ): Promise<{ readonly id: string } | null> {
    return loadParty(id, context);
  }

  @FieldResolver(() => [Event], {
    nullable: true,
    description: 'The events at which the party had a role, by start date, then id.',
  })
  async events(
    @Root() { id }: Party,
    @Arg('role', () => PartyRoleKind, {
      nullable: true,
      description: 'The role that it had there; any role if left out.',
    })
    role: PartyRoleKind | null,
    @Arg('rehearsals', () => Boolean, vocabulary.takenRehearsals) rehearsals: boolean | null,
    @Ctx() context: PartnerContext,
  ): Promise<readonly Event[]> {
    const events = await loadEvents(await loadEventIdsOf(id, role, context), context);
    return selectEvents(events, rehearsals, context);
  }
}
