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
    @Args(() => Page) _page: Page,
    @Arg('to', () => DateTimeScalar, { nullable: true }) _to: string | null,
    @Arg('from', () => DateTimeScalar, { nullable: true }) _from: string | null,
    @Arg('country', () => CountryCodeScalar) _country: string,
  ): never {
    throw new HubError('FORBIDDEN');
  }
}
