import { ChangeConnection, ChangeFilter, readChanges, type ChangePage } from '@hub/shared/changes';
import type { PartnerContext } from '@hub/shared/context';
import { HubError } from '@hub/shared/errors';
import { Page } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { CountryCodeScalar } from '@hub/shared/scalars';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class ChangeResolver {
  @Query(() => ChangeConnection, {
    nullable: true,
    description:
      "What was changed in this police's data, newest first. `person` is for its own people.",
  })
  @Access('changes')
  async policeChanges(
    @Args(() => Page) page: Page,
    @Arg('filter', () => ChangeFilter, {
      nullable: true,
      description: 'All changes when left out.',
    })
    filter: ChangeFilter | null,
    @Arg('country', () => CountryCodeScalar, {
      description: 'ISO code of the country whose police answers: `DK`.',
    })
    country: string,
    @Ctx() { source, partner }: PartnerContext,
  ): Promise<ChangePage> {
    // What another police changed is not here, whoever was led here for it.
    if (country.toLowerCase() !== partner) throw new HubError('FORBIDDEN');
    return readChanges({ source, partner, page, filter });
  }
}
