import { Page } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { ChangeArguments, ChangeConnection, readChanges } from '@hub/shared/records';
import { Args, Ctx, Query, Resolver } from 'type-graphql';

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
    @Args(() => ChangeArguments) selection: ChangeArguments,
    @Ctx() context: PartnerContext,
  ): Promise<ChangeConnection> {
    return readChanges(context, page, selection);
  }
}
