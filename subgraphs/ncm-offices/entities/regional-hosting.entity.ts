import { Access } from '@hub/shared/policy';
import { DateScalar } from '@hub/shared/scalars';
import { HostingStatus, words } from '@hub/shared/vocabulary';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

@Entity({ name: 'regional_hostings' })
@Index('regional_hostings_by_visit', ['visitId', 'id'])
@Index('regional_hostings_by_office', ['officeId'])
@Directive('@key(fields: "id")')
@ObjectType({ description: words.RegionalHosting.about })
@Access('itinerary')
export class RegionalHosting {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.RegionalHosting.id })
  id: string;

  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  @ForeignKey(() => Office, { name: 'regional_hostings_office' })
  officeId: string;

  /** A visit of NBNP. */
  @Column({ type: 'varchar', name: 'visit_id', collation: 'C' })
  @Field(() => ID, { description: words.Hosting.visitId })
  visitId: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => HostingStatus, { description: words.Hosting.status })
  status: HostingStatus;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.accommodation })
  accommodation: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.transport })
  transport: string | null;

  @Column({ type: 'text', name: 'meeting_point', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.meetingPoint })
  meetingPoint: string | null;

  @Column({ type: 'text', name: 'contact_on_the_spot', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.contactOnTheSpot })
  contactOnTheSpot: string | null;

  @Column({ type: 'text', name: 'emergency_contact', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.emergencyContact })
  emergencyContact: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.note })
  note: string | null;

  @Column({ type: 'varchar', name: 'decided_on', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.Hosting.decidedOn })
  decidedOn: string | null;

  @Column({ type: 'integer' })
  @Field(() => Int, { description: words.Hosting.version })
  version: number;
}
