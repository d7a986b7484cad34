import type { PartnerContext } from '@hub/shared/context';
import {
  DisclosureConnection,
  DisclosurePeriod,
  readDisclosures,
  type DisclosurePage,
} from '@hub/shared/disclosure';
import { HubError } from '@hub/shared/errors';
import { Page } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { CountryCodeScalar } from '@hub/shared/scalars';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class DisclosureResolver {
  @Query(() => DisclosureConnection, {
    nullable: true,
    description: 'Who has read the restricted data of one police, the latest first.',
  })
  @Access('disclosures')
  async policeDisclosures(
    @Args(() => Page) page: Page,
    @Args(() => DisclosurePeriod) period: DisclosurePeriod,
    @Arg('country', () => CountryCodeScalar, {
      description: 'The country of the police. Its own auditors alone may ask.',
    })
    country: string,
    @Ctx() context: PartnerContext,
  ): Promise<DisclosurePage> {
    // The record of another police is not here, whoever was led here for it.
    if (country.toLowerCase() !== context.partner) throw new HubError('FORBIDDEN');
    return readDisclosures(context, page, period);
  }
}
