import type { PartnerContext } from '@hub/shared/context';
import { countOpenFormalities } from '@hub/shared/journeys';
import { showLarge } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Group } from '../entities/group.reference.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { loadMemberIds } from './load-members.js';

@Resolver(() => Group)
export class GroupFormalitiesResolver {
  /**
   * Nothing can be recorded of an erased member, so nothing of her is open.
   * @throws HubError `FORBIDDEN` for a small count, to anonymous callers
   */
  @FieldResolver(() => Int, {
    nullable: true,
    description: words.Group.officerFormalitiesOpen,
  })
  async officerFormalitiesOpen(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    const { loaders } = context;
    const ids = await loadMemberIds(context, id);
    const officers = await Promise.all(ids.map((one) => loaders.one(Officer).load(one)));
    const members = officers.flatMap((one) => (one && one.name !== null ? one.id : []));
    if (members.length === 0) return 0;
    const ofGroup = loaders.many(OfficerFormality, 'groupId', {
      orderBy: [{ property: 'officerId' }, { property: 'kind' }],
    });
    const formalities = await ofGroup.load(id);
    const open = countOpenFormalities(new Set(members), formalities, (one) => one.officerId);
    return showLarge(open, context);
  }
}
