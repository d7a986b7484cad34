import { HubError } from '@hub/shared/errors';
import { CountryCodeScalar, DateTimeScalar } from '@hub/shared/scalars';
import { Arg, Args, Query, Resolver } from 'type-graphql';
import { Disclosure, DisclosureConnection } from '../entities/disclosure.js';
import { Page } from './page.input.js';

@Resolver(() => Disclosure)
export class DisclosureResolver {
  /** Only an organisation’s own auditor may ask, and nobody can be told to be one yet. */
  @Query(() => DisclosureConnection, { nullable: true })
  policeDisclosures(
    @Arg('country', () => CountryCodeScalar) _country: string,
    @Arg('from', () => DateTimeScalar, { nullable: true }) _from: string | null,
    @Arg('to', () => DateTimeScalar, { nullable: true }) _to: string | null,
    @Args(() => Page) _page: Page,
  ): never {
    throw new HubError('FORBIDDEN');
  }
}
