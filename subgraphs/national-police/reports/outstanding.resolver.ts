import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { findOutstanding, groupVisits, vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';

@Resolver(() => Officer)
export class OutstandingResolver {
  @FieldResolver(() => [vocabulary.Outstanding], {
    nullable: true,
    description: words.Formality.outstanding,
  })
  @Access('formalities')
  async outstanding(
    @Root() { id, name }: Officer,
    @Arg('group', () => ID, { description: words.Formality.group }) group: string,
    @Ctx() context: PartnerContext,
  ): Promise<vocabulary.Outstanding[]> {
    const { loaders } = context;
    const byKind = [{ property: 'kind' }, { property: 'groupId' }];
    const byDay = [{ property: 'receivedOn' }, { property: 'id' }];
    const [formalities, reports] = await Promise.all([
      loaders.many(OfficerFormality, 'officerId', { orderBy: byKind }).load(id),
      loaders.many(ParticipantReport, 'officerId', { orderBy: byDay }).load(id),
    ]);
    const travels = () => groupVisits.travelsWith(context, group, id);
    return findOutstanding(group, { isNamed: name !== null, formalities, reports, travels });
  }
}
