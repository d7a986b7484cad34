import { Field, InputType } from 'type-graphql';
import { words } from '../../partner/words.js';

/** What a host arranges for a visit. The partners’ inputs extend it. */
@InputType('Practicalities')
export abstract class Practicalities {
  @Field(() => String, { nullable: true, description: words.Hosting.accommodation })
  accommodation?: string | null;

  @Field(() => String, { nullable: true, description: words.Hosting.transport })
  transport?: string | null;

  @Field(() => String, { nullable: true, description: words.Hosting.meetingPoint })
  meetingPoint?: string | null;

  @Field(() => String, { nullable: true, description: words.Hosting.contactOnTheSpot })
  contactOnTheSpot?: string | null;

  @Field(() => String, { nullable: true, description: words.Hosting.emergencyContact })
  emergencyContact?: string | null;

  @Field(() => String, { nullable: true, description: words.Hosting.note })
  note?: string | null;
}

/** Its fields. */
export const practicalities = [
  'accommodation',
  'transport',
  'meetingPoint',
  'contactOnTheSpot',
  'emergencyContact',
  'note',
] as const;
