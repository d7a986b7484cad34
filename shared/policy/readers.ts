import type { Reader } from '../identity/reader.js';
import type { Role } from '../identity/token.js';
import { networkCode, officesCode } from './codes.js';
import type { PartnerContext } from './context/partner-context.js';

/** Those who run the programme for their organisation. Its own servers have the same rights. */
export const coordinators: readonly Role[] = ['coordinator', 'service'];

/** Those who prepare journeys for their organisation. */
export const staff: readonly Role[] = [...coordinators, 'liaison'];

/** True for a signed-in caller. */
export const isPerson = (reader: Reader): boolean => reader.kind === 'person';

/** True for a caller with one of these roles, in any organisation. */
export function hasRole(reader: Reader, roles: readonly Role[]): boolean {
  return reader.kind === 'person' && roles.includes(reader.role);
}

/** The code of the caller’s organisation. Empty for an anonymous caller. */
export const organisationOf = (reader: Reader): string =>
  reader.kind === 'person' ? reader.organisation : '';

/** True for a caller of this organisation with one of these roles. */
export function isOneOf(reader: Reader, organisation: string, roles: readonly Role[]): boolean {
  return organisationOf(reader) === organisation && hasRole(reader, roles);
}

/** True for this partner’s own people who prepare journeys, and its servers. */
export const isOwnStaff = ({ reader, partner }: PartnerContext): boolean =>
  isOneOf(reader, partner, staff);

/** True for those who write an evaluation together: NBNP, and the co-ordinators of the offices. */
export const isEvaluator = (reader: Reader): boolean =>
  isOneOf(reader, networkCode, staff) || isOneOf(reader, officesCode, coordinators);
