import { ChangeArguments, ChangeConnection, readChanges } from '@hub/shared/changes';
import type { PartnerContext } from '@hub/shared/context';
import { Page } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class ChangeResolver {
  @Query(() => ChangeConnection, {
    nullable: true,
    description:
      "What was changed in the offices' data, newest first. Only the offices' own people may read `person`.",
  })
  @Access('changes')
  officeChanges(
    @Args(() => Page) page: Page,
    @Args(() => ChangeArguments) selection: ChangeArguments,
    @Ctx() context: PartnerContext,
  ): Promise<ChangeConnection> {
    return readChanges(context, page, selection);
  }
}
