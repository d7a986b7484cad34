import type { PartnerContext } from '@hub/shared/context';
import { countOpenFormalities } from '@hub/shared/journeys';
import { showLarge } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { loadSelected } from '../access/load-selected.js';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Group } from '../entities/references.js';

@Resolver(() => Group)
export class GroupFormalitiesResolver {
  /**
   * Nothing can be recorded of an erased member, so nothing of her is open.
   * @throws HubError `FORBIDDEN` for a small count, to anonymous callers
   */
  @FieldResolver(() => Int, {
    nullable: true,
    description: words.Group.delegateFormalitiesOpen,
  })
  async delegateFormalitiesOpen(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    const { loaders } = context;
    const selected = await loadSelected(loaders, id);
    const delegates = await Promise.all(
      selected.map(({ delegateId }) => loaders.one(Delegate).load(delegateId)),
    );
    const members = delegates.flatMap((one) => (one && one.name !== null ? one.id : []));
    if (members.length === 0) return 0;
    const ofGroup = loaders.many(DelegateFormality, 'groupId', {
      orderBy: [{ property: 'delegateId' }, { property: 'kind' }],
    });
    const formalities = await ofGroup.load(id);
    const open = countOpenFormalities(new Set(members), formalities, (one) => one.delegateId);
    return showLarge(open, context);
  }
}
