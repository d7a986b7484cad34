import { HubError } from '@hub/shared/errors';
import { DateTimeScalar } from '@hub/shared/scalars';
import { Arg, Int, Query, Resolver } from 'type-graphql';
import { DisclosureConnection } from '../entities/disclosure.js';

@Resolver()
export class DisclosureResolver {
  /** Only an organisation's auditor reads its record, and no reader has an identity yet. */
  @Query(() => DisclosureConnection, { nullable: true })
  officeDisclosures(
    @Arg('from', () => DateTimeScalar, { nullable: true }) _from: string | null,
    @Arg('to', () => DateTimeScalar, { nullable: true }) _to: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) _first: number | null,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
  ): never {
    throw new HubError('FORBIDDEN');
  }
}
