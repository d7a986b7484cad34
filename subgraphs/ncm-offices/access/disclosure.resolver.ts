import { Page } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { DisclosureConnection, DisclosurePeriod, readDisclosures } from '@hub/shared/records';
import { Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class DisclosureResolver {
  @Query(() => DisclosureConnection, {
    nullable: true,
    description:
      'Who has read the offices’ restricted data, newest first. Auditors of another organisation get what was read in its name.',
  })
  @Access('disclosures')
  officeDisclosures(
    @Args(() => Page) page: Page,
    @Args(() => DisclosurePeriod) period: DisclosurePeriod,
    @Ctx() context: PartnerContext,
  ): Promise<DisclosureConnection> {
    return readDisclosures(context, page, period);
  }
}
