import { Field, Int, ObjectType } from 'type-graphql';
import { Column } from 'typeorm';
import { Access, Self } from '../../identity/access.js';
import { words } from '../../partner/words.js';

/**
 * The contract’s `TravelNeeds`: what a person needs on a journey. A partner’s class extends it with
 * its table and the person, whose policy says who may read it.
 */
@ObjectType('TravelNeedsFields')
@Access('travelNeeds')
export abstract class TravelNeedsFields {
  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.TravelNeeds.diet })
  @Self()
  diet: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.TravelNeeds.access })
  @Self()
  access: string | null;

  @Column({ name: 'emergency_contact', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.TravelNeeds.emergencyContact })
  @Self()
  emergencyContact: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: words.TravelNeeds.version })
  @Self()
  version: number;

  /**
   * The day on which they were set, by the partner’s clock. It counts for a person who never
   * travels.
   */
  @Column({ name: 'set_on', type: 'varchar', collation: 'C' })
  setOn: string;
}
