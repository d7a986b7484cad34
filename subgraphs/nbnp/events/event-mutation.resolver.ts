import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Event } from '../entities/event.entity.js';
import { RecordEventInput } from './event.input.js';
import { recordEvent } from './record-event.js';

@Resolver(() => Event)
export class EventMutationResolver {
  @Mutation(() => Event, {
    nullable: true,
    description: 'Records an event. `NOT_FOUND` for an unknown organiser or programme.',
  })
  @Access('coordinator')
  recordEvent(
    @Arg('input', () => RecordEventInput, { description: words.Input.input })
    input: RecordEventInput,
    @Ctx() context: PartnerContext,
  ): Promise<Event> {
    return recordEvent(context, input);
  }
}
