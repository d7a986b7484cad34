import { Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { Participant } from '../entities/participant.interface.js';

const oldestFirst = [{ property: 'receivedOn' }, { property: 'id' }];

@Resolver(() => Participant)
export class ParticipantResolver {
  @FieldResolver(() => ParticipantReport, { nullable: true, description: words.Participant.report })
  @Self()
  async report(
    @Root() { id }: Participant,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<ParticipantReport | null> {
    const received = loaders.many(ParticipantReport, 'delegateId', { orderBy: oldestFirst });
    return (await received.load(id)).at(-1) ?? null;
  }
}
