import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Expert } from '../entities/references.js';
import { ExpertAssignment } from '../entities/visit.entity.js';

@Resolver(() => ExpertAssignment)
export class ExpertAssignmentResolver {
  @FieldResolver(() => Expert, {
    nullable: true,
    description: 'The expert, from the police force that offers the expert.',
  })
  expert(@Root() { expertId }: ExpertAssignment): Expert {
    return { id: expertId };
  }
}
