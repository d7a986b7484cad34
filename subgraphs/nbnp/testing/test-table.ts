import type { Reader } from '@hub/shared/identity';
import type { Journey } from './test-journeys.js';

// The network’s access table, written out for the tests independently of the policies.

/** Column 2: people without their identity. */
export const mayReadPeople = (reader: Reader): boolean => reader.kind === 'person';

/** Column 3: a visit’s title, dates, countries. */
export const mayReadVisit = (reader: Reader, { hasEnded }: Journey): boolean =>
  reader.kind === 'person' || hasEnded;

/** Column 4: its stops, hostings, experts, missing sectors. */
export function mayReadItinerary(reader: Reader, { hasEnded, offices }: Journey): boolean {
  if (reader.kind !== 'person') return false;
  switch (reader.role) {
    case 'auditor':
      return false;
    case 'analyst':
      return hasEnded;
    case 'coordinator':
    case 'liaison':
    case 'service':
      return (
        hasEnded ||
        ['nbnp', 'dk', 'fi'].includes(reader.organisation) ||
        (reader.organisation === 'ncm' && offices !== 'nothing')
      );
  }
}
