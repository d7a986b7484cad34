import { CountryCodeScalar, DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { PartOf } from '@hub/shared/records';
import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Visit } from './visit.entity.js';

/** The days and hosts that a visit had before they were changed. */
@Entity({ name: 'earlier_plans' })
@PartOf('plans', 'visitId')
export class EarlierPlan {
  @PrimaryColumn({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_earlier_plans_visit' })
  visitId: string;

  /** The last version of the visit with this plan. */
  @PrimaryColumn({ name: 'until_version', type: 'integer' })
  untilVersion: number;

  @Column({ name: 'starts_on', type: 'varchar', collation: 'C', nullable: true })
  startsOn: string | null;

  @Column({ name: 'ends_on', type: 'varchar', collation: 'C', nullable: true })
  endsOn: string | null;

  @Column({ name: 'host_countries', type: 'simple-json' })
  hostCountries: string[];
}

@ObjectType('VisitPlan', {
  description:
    'The days and hosts of a visit, from one of its versions to the next plan. A consent of a host or a lender is for the plan that it was given for.',
})
@Access('open')
export class VisitPlan {
  @Field(() => Int, { description: 'The first version of the visit with this plan.' })
  fromVersion: number;

  @Field(() => DateScalar, { nullable: true, description: 'First day as planned.' })
  startsOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day as planned.' })
  endsOn: string | null;

  @Field(() => [CountryCodeScalar], {
    description: 'Where the visit was to take place: each of these countries had to consent.',
  })
  hostCountries: string[];
}
