import {
  isPurposeName,
  purposeNames,
  type FieldPurposes,
  type PurposeName,
} from '../identity/request-headers.js';
import { open, type Policies } from './type-policy.js';

/**
 * The purposes of a setting: `Officer.travelNeeds=HOSTING+SAFETY,Expert.email=PROGRAMME`.
 * @throws Error that says what is invalid
 */
export function readFieldPurposes(text: string): FieldPurposes {
  const found = new Map<string, readonly PurposeName[]>();
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [field = '', value = ''] = part.split('=').map((one) => one.trim());
    const names = value.split('+').map((name) => name.trim());
    const purposes = names.filter(isPurposeName);
    if (!/^\w+\.\w+$/.test(field) || purposes.length !== names.length || found.has(field))
      throw new Error(
        `must be fields with purposes, each field once, such as Officer.travelNeeds=HOSTING+SAFETY. Purposes are ${purposeNames.join(', ')}.`,
      );
    found.set(field, purposes);
  }
  return found;
}

/** Of a root field, only the call could be refused, and not a value. */
const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * The fields that cannot be limited to purposes: those that the schema lacks, those that everybody
 * may read, and root fields.
 */
export const findInvalidFields = (fieldPurposes: FieldPurposes, policies: Policies): string[] =>
  [...fieldPurposes.keys()].filter((coordinate) => {
    const [type = '', field = ''] = coordinate.split('.');
    const level = Object.hasOwn(policies, type) ? policies[type]?.fields[field] : undefined;
    return level === undefined || level === open || rootTypes.has(type);
  });
