import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { countOpenFormalities, countRefusedVisas, peopleCounts } from '@hub/shared/programme';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { loadSelected } from '../access/load-selected.js';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Group } from '../entities/references.js';

/**
 * The delegates of a group, and all formalities recorded for it. Nothing can be recorded of an
 * erased member, so nothing of her is open.
 */
async function loadRecorded(id: string, { loaders }: PartnerContext) {
  const selected = await loadSelected(loaders, id);
  const delegates = await Promise.all(
    selected.map(({ delegateId }) => loaders.one(Delegate).load(delegateId)),
  );
  const members = new Set(delegates.flatMap((one) => (one && one.name !== null ? one.id : [])));
  if (members.size === 0) return { members, formalities: [] };
  const ofGroup = loaders.many(DelegateFormality, 'groupId', {
    orderBy: [{ property: 'delegateId' }, { property: 'kind' }],
  });
  return { members, formalities: await ofGroup.load(id) };
}

const personOf = ({ delegateId }: DelegateFormality): string => delegateId;

@Resolver(() => Group)
export class GroupFormalitiesResolver {
  /** @throws HubError `FORBIDDEN` for a small count, to anonymous callers */
  @FieldResolver(() => Int, {
    nullable: true,
    description: words.Group.delegateFormalitiesOpen,
  })
  async delegateFormalitiesOpen(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    const { members, formalities } = await loadRecorded(id, context);
    if (members.size === 0) return 0;
    return peopleCounts.showLarge(countOpenFormalities(members, formalities, personOf), context);
  }

  /** @throws HubError `FORBIDDEN` for a small count, to anonymous callers */
  @FieldResolver(() => Int, { nullable: true, description: words.Group.visasRefused })
  async delegateVisasRefused(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    const { members, formalities } = await loadRecorded(id, context);
    if (members.size === 0) return 0;
    const group = { groupId: id, members };
    return peopleCounts.showLarge(
      await countRefusedVisas(context, group, formalities, personOf),
      context,
    );
  }
}
