import type { PartnerContext } from '@hub/shared/context';
import { DisclosureConnection, readDisclosures, type DisclosurePage } from '@hub/shared/disclosure';
import { Page } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { DateTimeScalar } from '@hub/shared/scalars';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';

@Resolver()
export class DisclosureResolver {
  @Query(() => DisclosureConnection, {
    nullable: true,
    description: 'Who has read the offices’ restricted data, the latest first.',
  })
  @Access('disclosures')
  officeDisclosures(
    @Args(() => Page) page: Page,
    @Arg('to', () => DateTimeScalar, {
      nullable: true,
      description: 'The last instant; until now when left out.',
    })
    to: string | null,
    @Arg('from', () => DateTimeScalar, {
      nullable: true,
      description: 'The first instant; from the beginning when left out.',
    })
    from: string | null,
    @Ctx() { source, partner }: PartnerContext,
  ): Promise<DisclosurePage> {
    return readDisclosures({ source, partner, page, from, to });
  }
}
