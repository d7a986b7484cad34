import { words } from '@hub/shared/partner';
import { type PartnerContext, readers } from '@hub/shared/policy';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { findReferred } from '../access/entity.reference.js';
import { Hosting, RegionalHosting } from '../entities/references.js';
import { Visit } from '../entities/visit.entity.js';

/** Without a token an unknown visit is like a hidden one. */
const findVisit = (
  { visitId }: Partial<Hosting | RegionalHosting>,
  context: PartnerContext,
): Promise<Visit | null> => findReferred(Visit, visitId, context, readers.isPerson(context.reader));

@Resolver(() => Hosting)
export class HostingResolver {
  @Directive('@requires(fields: "visitId")')
  @FieldResolver(() => Visit, { nullable: true, description: words.Hosting.visit })
  visit(@Root() hosting: Partial<Hosting>, @Ctx() context: PartnerContext): Promise<Visit | null> {
    return findVisit(hosting, context);
  }
}

@Resolver(() => RegionalHosting)
export class RegionalHostingResolver {
  @Directive('@requires(fields: "visitId")')
  @FieldResolver(() => Visit, { nullable: true, description: words.Hosting.visit })
  visit(
    @Root() hosting: Partial<RegionalHosting>,
    @Ctx() context: PartnerContext,
  ): Promise<Visit | null> {
    return findVisit(hosting, context);
  }
}
