import { network } from '@hub/shared/programme';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Organisation } from '../entities/organisation.entity.js';

/** How to reach the functions of an organisation. */
export const ContactPointResolver = network.createContactPoints({
  owner: Organisation,
  contactPoint: ContactPoint,
  argument: 'organisation',
  infix: 'Organisation',
  about: 'Id of the organisation: `nbnp:iacis`.',
  people: [],
});
