import type { PartnerContext } from '@hub/shared/context';
import { DisclosureConnection, DisclosurePeriod, readDisclosures } from '@hub/shared/disclosure';
import { Page } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class DisclosureResolver {
  @Query(() => DisclosureConnection, {
    nullable: true,
    description: "Who has read this organisation's data. Only its own staff may query it.",
  })
  @Access('disclosures')
  networkDisclosures(
    @Args(() => Page) page: Page,
    @Args(() => DisclosurePeriod) period: DisclosurePeriod,
    @Ctx() context: PartnerContext,
  ): Promise<DisclosureConnection> {
    return readDisclosures(context, page, period);
  }
}
