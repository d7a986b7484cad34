import { network } from '@hub/shared/programme';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';

/** How to reach the functions of an office. */
export const ContactPointResolver = network.createContactPoints({
  owner: Office,
  contactPoint: ContactPoint,
  argument: 'office',
  infix: 'Office',
  about: 'Id of the office: `ncm:led`.',
  people: [Delegate],
});
