import type { PartnerContext } from '@hub/shared/context';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Hosting } from '../entities/references.js';
import { Visit } from '../entities/visit.entity.js';

@Resolver(() => Hosting)
export class HostingResolver {
  @Directive('@requires(fields: "visitId")')
  @FieldResolver(() => Visit, { nullable: true, description: 'The visit to host.' })
  async visit(
    @Root() { visitId }: Partial<Hosting>,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Visit | null> {
    return visitId == null ? null : loaders.one(Visit).load(visitId);
  }
}
