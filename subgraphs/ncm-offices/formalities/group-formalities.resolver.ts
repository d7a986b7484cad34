import type { PartnerContext } from '@hub/shared/context';
import { countOpenFormalities } from '@hub/shared/journeys';
import { words } from '@hub/shared/vocabulary';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { loadSelected } from '../access/load-selected.js';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Group } from '../entities/references.js';

@Resolver(() => Group)
export class GroupFormalitiesResolver {
  /** Nothing can be recorded of an erased member, so nothing of her is open. */
  @FieldResolver(() => Int, {
    nullable: true,
    description: words.Group.delegateFormalitiesOpen,
  })
  async delegateFormalitiesOpen(
    @Root() { id }: Group,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<number> {
    const selected = await loadSelected(loaders, id);
    const delegates = await Promise.all(
      selected.map(({ delegateId }) => loaders.one(Delegate).load(delegateId)),
    );
    const members = delegates.flatMap((one) => (one && one.name !== null ? one.id : []));
    const ofGroup = loaders.many(DelegateFormality, 'groupId', {
      orderBy: [{ property: 'delegateId' }, { property: 'kind' }],
    });
    return countOpenFormalities(
      new Set(members),
      await ofGroup.load(id),
      ({ delegateId }) => delegateId,
    );
  }
}
