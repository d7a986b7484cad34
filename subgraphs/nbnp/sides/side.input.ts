import { CountryCodeScalar } from '@hub/shared/graphql';
import { Distinct } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType('SideInput', {
  description:
    'One end of the journeys of a programme, with at least one country or region. A list that is left out is empty.',
})
export class SideInput {
  @Field(() => String, {
    description: 'What it is called, once in a programme: `Latvia and Lithuania`.',
  })
  name: string;

  @Field(() => [CountryCodeScalar], {
    nullable: true,
    description: 'Its countries. Those of its regions need not be named.',
  })
  @Distinct()
  countries?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Codes of regions, `RU-MUR`, if it is less than whole countries. Only regions that the offices know.',
  })
  @Distinct()
  regions?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of the offices, police units and local authorities that select there.',
  })
  @Distinct()
  selectors?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Ids of the offices, police units and organisations that host there. Without one, the police forces of its countries do. If an office is among them, it answers for each country whose police force has no unit among them.',
  })
  @Distinct()
  hosts?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Ids of the offices that co-ordinate it, wherever they are: they meet the groups that travel from there, and may nominate people for them. Without one, the network meets them.',
  })
  @Distinct()
  coordinators?: string[] | null;

  @Field(() => [vocabulary.Sector], {
    nullable: true,
    description:
      'The sectors that groups which visit it should see. If left out, all that the programme shows.',
  })
  @Distinct()
  sectorsToShow?: vocabulary.Sector[] | null;
}
