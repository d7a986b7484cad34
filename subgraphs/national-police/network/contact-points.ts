import { network } from '@hub/shared/programme';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Expert } from '../entities/expert.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/** How to reach the functions of a unit. */
export const ContactPointResolver = network.createContactPoints({
  owner: PoliceUnit,
  contactPoint: ContactPoint,
  argument: 'unit',
  infix: 'Unit',
  about: 'Id of the unit: `lv:police`.',
  people: [Expert, Officer],
});
