import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { loadClaims, loadOne, loadParty } from '../access/load-related.js';
import { Claim } from '../entities/claim.entity.js';
import { Event } from '../entities/event.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { Party } from '../entities/party.interface.js';
import { changeOutcome, recordOutcome, removeOutcome } from './keep-outcome.js';
import { ChangeOutcomeInput, RecordOutcomeInput, RemoveOutcomeInput } from './outcome.input.js';

@Resolver(() => Outcome)
export class OutcomeResolver {
  @Mutation(() => Outcome, {
    nullable: true,
    description:
      'Records what an event led to, for those who may correct the event (else `FORBIDDEN`). `NOT_FOUND` for an unknown event or party. Rules: DUPLICATE, REHEARSAL, MERGED.',
  })
  @Access('organisers')
  recordOutcome(
    @Arg('input', () => RecordOutcomeInput, { description: words.Input.input })
    input: RecordOutcomeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Outcome> {
    return recordOutcome(context, input);
  }

  @Mutation(() => Outcome, {
    nullable: true,
    description:
      'Corrects an outcome, for those who may correct its event (else `FORBIDDEN`). `NOT_FOUND` for an unknown event or party. Rules: DUPLICATE, REHEARSAL, MERGED.',
  })
  @Access('organisers')
  changeOutcome(
    @Arg('input', () => ChangeOutcomeInput, { description: words.Input.input })
    input: ChangeOutcomeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Outcome> {
    return changeOutcome(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes an outcome that was a mistake, for those who may correct its event (else `FORBIDDEN`); its reason is kept in the changes. True once it is gone.',
  })
  @Access('organisers')
  removeOutcome(
    @Arg('input', () => RemoveOutcomeInput, { description: words.Input.input })
    input: RemoveOutcomeInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeOutcome(context, input);
  }

  @FieldResolver(() => Event, { description: 'The event that led to it.' })
  event(@Root() { eventId }: Outcome, @Ctx() context: PartnerContext): Promise<Event | null> {
    return loadOne(Event, eventId, context);
  }

  @FieldResolver(() => [Party], {
    nullable: 'items',
    description:
      'The parties to which it gives a task, in the order of the source. Empty if it gives none.',
  })
  async mandated(
    @Root() { id }: Outcome,
    @Ctx() context: PartnerContext,
  ): Promise<(object | null)[]> {
    const orderBy = [{ property: 'position' }];
    const mandates = context.loaders.many(OutcomeMandate, 'outcomeId', { orderBy });
    return Promise.all((await mandates.load(id)).map(({ partyId }) => loadParty(partyId, context)));
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The event that continued it. Null if no source states one.',
  })
  leadsTo(@Root() { leadsToId }: Outcome, @Ctx() context: PartnerContext): Promise<Event | null> {
    return loadOne(Event, leadsToId, context);
  }

  @FieldResolver(() => [Claim], {
    description: 'What other pages say in place of its values, if they differ.',
  })
  claims(@Root() { id }: Outcome, @Ctx() context: PartnerContext): Promise<Claim[]> {
    return loadClaims(id, context);
  }
}
