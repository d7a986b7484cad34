import { ChangeConnection, ChangeFilter, readChanges, type ChangePage } from '@hub/shared/changes';
import type { PartnerContext } from '@hub/shared/context';
import { Page } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class ChangeResolver {
  @Query(() => ChangeConnection, {
    nullable: true,
    description:
      "What was changed in the network's data, newest first. Only the network's own people may read `person`.",
  })
  @Access('changes')
  networkChanges(
    @Args(() => Page) page: Page,
    @Arg('filter', () => ChangeFilter, {
      nullable: true,
      description: 'All changes if left out.',
    })
    filter: ChangeFilter | null,
    @Ctx() context: PartnerContext,
  ): Promise<ChangePage> {
    return readChanges(context, page, filter);
  }
}
