import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Office } from './office.entity.js';

@Entity({ name: 'regional_hostings' })
@Index('regional_hostings_by_visit', ['visitId', 'id'])
@Index('regional_hostings_by_office', ['officeId'])
@Directive('@key(fields: "id")')
@ObjectType({ description: words.RegionalHosting.about })
export class RegionalHosting extends vocabulary.HostingFields {
  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  @ForeignKey(() => Office, { name: 'regional_hostings_office' })
  officeId: string;

  @Column({ type: 'varchar', name: 'decided_on', collation: 'C', nullable: true })
  decidedOn: string | null;

  @Column({ type: 'integer' })
  @Field(() => Int, { description: words.Hosting.version })
  version: number;
}
