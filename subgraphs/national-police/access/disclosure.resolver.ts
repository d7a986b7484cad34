import type { PartnerContext } from '@hub/shared/context';
import { DisclosureConnection, readDisclosures, type DisclosurePage } from '@hub/shared/disclosure';
import { HubError } from '@hub/shared/errors';
import { Page } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { CountryCodeScalar, DateTimeScalar } from '@hub/shared/scalars';
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
    @Arg('country', () => CountryCodeScalar, {
      description: 'The country of the police. Its own auditors alone may ask.',
    })
    country: string,
    @Ctx() { source, partner }: PartnerContext,
  ): Promise<DisclosurePage> {
    // The record of another police is not here, whoever was led here for it.
    if (country.toLowerCase() !== partner) throw new HubError('FORBIDDEN');
    return readDisclosures({ source, partner, page, from, to });
  }
}
