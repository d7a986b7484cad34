import { type PartnerContext, readers } from '@hub/shared/policy';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { findReferred } from '../access/entity.reference.js';
import { Hosting } from '../entities/references.js';
import { Visit } from '../entities/visit.entity.js';

@Resolver(() => Hosting)
export class HostingResolver {
  @Directive('@requires(fields: "visitId")')
  @FieldResolver(() => Visit, { nullable: true, description: 'The visit to host.' })
  visit(
    @Root() { visitId }: Partial<Hosting>,
    @Ctx() context: PartnerContext,
  ): Promise<Visit | null> {
    // Without a token an unknown visit is like a hidden one.
    return findReferred(Visit, visitId, context, readers.isPerson(context.reader));
  }
}
