import { Page } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { DisclosureConnection, DisclosurePeriod, readDisclosures } from '@hub/shared/records';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class DisclosureResolver {
  @Query(() => DisclosureConnection, {
    nullable: true,
    description:
      'Who has read the restricted data of one police force, newest first. Auditors of another organisation get what was read in its name.',
  })
  @Access('disclosures')
  async policeDisclosures(
    @Args(() => Page) page: Page,
    @Args(() => DisclosurePeriod) period: DisclosurePeriod,
    @Arg('country', () => CountryCodeScalar, {
      description: 'The country of the police force.',
    })
    country: string,
    @Ctx() context: PartnerContext,
  ): Promise<DisclosureConnection> {
    // This server has no record of another police force, even if a request reaches it for one.
    if (country.toLowerCase() !== context.partner) throw new HubError('FORBIDDEN');
    return readDisclosures(context, page, period);
  }
}
