import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Entity, ForeignKey } from 'typeorm';
import { Organisation } from './organisation.entity.js';

@Entity({ name: 'contact_points' })
@ForeignKey(() => Organisation, ['ownerId'], ['id'], { name: 'fk_contact_points_owner' })
@PartOf('contactPoints', 'ownerId')
@Directive('@shareable')
@ObjectType('ContactPoint', { description: words.ContactPoint.about })
export class ContactPoint extends vocabulary.ContactPointFields {}
