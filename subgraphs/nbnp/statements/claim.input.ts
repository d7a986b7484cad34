import { Field, ID, InputType } from 'type-graphql';

@InputType('ClaimFilter', { description: 'Selects claims. All given conditions must hold.' })
export class ClaimFilter {
  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the record that they are about, or `membership:` and the country of a member.',
  })
  subject?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The property that they state, as `Claim.property` has it.',
  })
  property?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The code of the organisation that owns the record: `ncm`.',
  })
  owner?: string | null;
}
