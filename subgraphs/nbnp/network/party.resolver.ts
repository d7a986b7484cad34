import type { PartnerContext } from '@hub/shared/context';
import { takenRehearsals } from '@hub/shared/vocabulary';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { selectEvents } from '../access/leave-out-rehearsals.js';
import { loadEventIdsOf, loadEvents } from '../access/load-related.js';
import { Event } from '../entities/event.entity.js';
import { Party } from '../entities/party.interface.js';
import { PartyRoleKind } from '../entities/vocabulary.js';

/** The network’s fields of a party of any owner. */
@Resolver(() => Party)
export class PartyResolver {
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
    @Arg('rehearsals', () => Boolean, takenRehearsals) rehearsals: boolean | null,
    @Ctx() context: PartnerContext,
  ): Promise<readonly Event[]> {
    const events = await loadEvents(await loadEventIdsOf(id, role, context), context);
    return selectEvents(events, rehearsals, context);
  }
}
