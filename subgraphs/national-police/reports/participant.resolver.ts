import { NoneIsOpen, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { people } from '@hub/shared/programme';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { officerRights } from '../access/people.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { Participant } from '../entities/participant.interface.js';

const oldestFirst = [{ property: 'receivedOn' }, { property: 'id' }];

@Resolver(() => Participant)
export class ParticipantResolver {
  @FieldResolver(() => ParticipantReport, { nullable: true, description: words.Participant.report })
  @Self()
  @NoneIsOpen()
  async report(
    @Root() { id }: Participant,
    @Ctx() context: PartnerContext,
  ): Promise<ParticipantReport | null> {
    const reports = context.loaders.many(ParticipantReport, 'officerId', { orderBy: oldestFirst });
    const known = await people.filter(context, await reports.load(id), ({ groupId }) =>
      officerRights.mayReadOfGroup(context, id, groupId),
    );
    return known.at(-1) ?? null;
  }
}
