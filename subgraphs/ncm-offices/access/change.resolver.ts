import { Page } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { ErasureConnection, readErasures } from '@hub/shared/programme';
import { ChangeArguments, ChangeConnection, readChanges } from '@hub/shared/records';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';

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

  @Query(() => ErasureConnection, {
    nullable: true,
    description:
      'The erasures of delegates, and whether others have removed what they had written about them; by id.',
  })
  @Access('erasures')
  officeErasures(
    @Args(() => Page) page: Page,
    @Arg('outstanding', () => Boolean, {
      nullable: true,
      description: 'Only what is outstanding, or only what is confirmed. Both if left out.',
    })
    outstanding: boolean | null | undefined,
    @Ctx() context: PartnerContext,
  ): Promise<ErasureConnection> {
    return readErasures(context, page, outstanding);
  }
}
