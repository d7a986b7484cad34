import { Page } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import { CountryCodeScalar } from '@hub/shared/graphql';
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
      "What was changed in this police force's data, newest first. Only its own people may read `person`.",
  })
  @Access('changes')
  async policeChanges(
    @Args(() => Page) page: Page,
    @Args(() => ChangeArguments) selection: ChangeArguments,
    @Arg('country', () => CountryCodeScalar, {
      description: 'ISO code of the country of the police force: `DK`.',
    })
    country: string,
    @Ctx() context: PartnerContext,
  ): Promise<ChangeConnection> {
    // This server has no changes of another police force, even if a request reaches it for one.
    if (country.toLowerCase() !== context.partner) throw new HubError('FORBIDDEN');
    return readChanges(context, page, selection);
  }

  @Query(() => ErasureConnection, {
    nullable: true,
    description:
      "The erasures of this police force's people, and whether others have removed what they had written about them; by id.",
  })
  @Access('erasures')
  async policeErasures(
    @Args(() => Page) page: Page,
    @Arg('country', () => CountryCodeScalar, {
      description: 'ISO code of the country of the police force: `DK`.',
    })
    country: string,
    @Arg('outstanding', () => Boolean, {
      nullable: true,
      description: 'Only what is outstanding, or only what is confirmed. Both if left out.',
    })
    outstanding: boolean | null | undefined,
    @Ctx() context: PartnerContext,
  ): Promise<ErasureConnection> {
    if (country.toLowerCase() !== context.partner) throw new HubError('FORBIDDEN');
    return readErasures(context, page, outstanding);
  }
}
