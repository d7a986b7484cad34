import { pagination } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { isOfRehearsal } from '../tasks/list-tasks.js';
import { Ending, EndingKind } from './ending.js';
import { findEndings } from './find-endings.js';

const { ConnectionType: EndingConnection } = pagination.createConnectionTypes(Ending, 'Ending', {
  counts: 'exact',
  access: 'staff',
});

const allKinds = Object.values(EndingKind);

/** The latest first: an earlier day has a greater key. */
const keysOf = ({ endedOn, id }: Ending): pagination.SortKeys => [
  String(99_999_999 - Number(endedOn.replaceAll('-', ''))),
  id,
];

@Resolver(() => Ending)
export class EndingsResolver {
  @Query(() => EndingConnection, {
    nullable: true,
    description:
      'What others cancelled, withdrew, declined or close of what the caller’s own organisation had agreed to, decides or asked for: within the last 30 days, and closings until the departure. The latest first: by `endedOn`, then `id`. No task waits for it. If a partner is unavailable, the response names it, and what depends on it is missing. `totalCount` counts those that are listed.',
  })
  @Access('staff')
  async endings(
    @Arg('kinds', () => [EndingKind], { nullable: true, description: 'Only these. Null: all.' })
    kinds: EndingKind[] | null | undefined,
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<pagination.Connection<Ending>> {
    const found = await findEndings(context, info, kinds ?? allKinds);
    return pagination.sortPage(found, page, keysOf, 2);
  }

  @FieldResolver(() => Boolean, { description: words.Rehearsal.inherited })
  async isRehearsal(
    @Root() { group, subject }: Ending,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return isOfRehearsal({ group, subject }, context);
  }
}
