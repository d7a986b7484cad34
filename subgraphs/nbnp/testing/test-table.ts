import type { Reader } from '@hub/shared/identity';
import type { Journey } from './test-journeys.js';

// The network’s access table, written out for the tests independently of the policies.

const staff = ['coordinator', 'liaison', 'service'];

/** Who finds lists of people at all: each of whom she may read. */
export const mayListPeople = (reader: Reader): boolean =>
  reader.kind === 'person' && reader.role !== 'analyst';

/**
 * Column 2: people without their identity. Denmark sends with every group, Finland hosts it; an
 * office has to do with some of them.
 */
export function mayReadPeople(reader: Reader, sender: string, hasOffice: boolean): boolean {
  if (reader.kind !== 'person') return false;
  const { organisation, role } = reader;
  if (organisation === sender && role === 'auditor') return true;
  if (!staff.includes(role)) return false;
  return (
    ['nbnp', 'dk', 'fi', sender].includes(organisation) || (organisation === 'ncm' && hasOffice)
  );
}

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
