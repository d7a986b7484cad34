import { HubError } from '@hub/shared/errors';
import { DateTimeScalar } from '@hub/shared/scalars';
import { Arg, Args, Query, Resolver } from 'type-graphql';
import { DisclosureConnection } from '../entities/disclosure.js';
import { Page } from './page.input.js';

@Resolver()
export class DisclosureResolver {
  /** Only an organisation's auditor reads its record, and no reader has an identity yet. */
  @Query(() => DisclosureConnection, { nullable: true })
  officeDisclosures(
    @Args(() => Page) _page: Page,
    @Arg('to', () => DateTimeScalar, { nullable: true }) _to: string | null,
    @Arg('from', () => DateTimeScalar, { nullable: true }) _from: string | null,
  ): never {
    throw new HubError('FORBIDDEN');
  }
}
