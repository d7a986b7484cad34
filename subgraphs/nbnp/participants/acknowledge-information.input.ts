import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({
  description: 'That a member says that they have read the practical information of a visit.',
})
export class AcknowledgeInformationInput {
  @Field(() => ID, { description: 'Id of the visit.' })
  visit: string;

  @Field(() => ID, { description: 'Id of the officer or delegate who has read it.' })
  participant: string;

  @Field(() => Int, { description: 'The version that was read: `Visit.informationVersion`.' })
  informationVersion: number;
}
