import type { PartnerContext } from '@hub/shared/context';
import { DisclosureConnection, readDisclosures, type DisclosurePage } from '@hub/shared/disclosure';
import { HubError } from '@hub/shared/errors';
import { Page } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { CountryCodeScalar, DateTimeScalar } from '@hub/shared/scalars';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class DisclosureResolver {
  @Query(() => DisclosureConnection, { nullable: true })
  @Access('disclosures')
  async policeDisclosures(
    @Args(() => Page) page: Page,
    @Arg('to', () => DateTimeScalar, { nullable: true }) to: string | null,
    @Arg('from', () => DateTimeScalar, { nullable: true }) from: string | null,
    @Arg('country', () => CountryCodeScalar) country: string,
    @Ctx() { source, partner }: PartnerContext,
  ): Promise<DisclosurePage> {
    // The record of another police is not here, whoever was led here for it.
    if (country.toLowerCase() !== partner) throw new HubError('FORBIDDEN');
    return readDisclosures({ source, partner, page, from, to });
  }
}
