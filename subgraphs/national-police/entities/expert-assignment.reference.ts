import { AboutPerson, Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s assignment of an expert to a visit, with this police force’s decision on it. */
@Directive('@key(fields: "id")')
@ObjectType('ExpertAssignment', { description: words.ExpertAssignment.about })
@Access('open')
@AboutPerson(({ expertId }: ExpertAssignment) => expertId)
export class ExpertAssignment {
  @Field(() => ID, { description: words.ExpertAssignment.id })
  id: string;

  @Directive('@external')
  @Field(() => ID, { description: words.ExpertAssignment.expertId })
  expertId: string;
}
