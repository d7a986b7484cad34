import { violateRule } from '@hub/shared/errors';
import { notFound } from '@hub/shared/partner';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { Event } from '../entities/event.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Programme } from '../entities/programme.entity.js';

const tables = { programmeId: Programme, eventId: Event, organisationId: Organisation } as const;

type Subject = keyof typeof tables;

/**
 * Finds the record that a statement or a link is about.
 * @returns its id, by the property that refers to a record of its kind
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` MERGED
 */
export async function findSubject<Property extends Subject>(
  manager: EntityManager,
  about: string,
  properties: readonly Property[],
): Promise<Partial<Record<Property, string>>> {
  // PostgreSQL rejects a text with NUL, and no record has one.
  for (const property of about.includes('\0') ? [] : properties) {
    const row = await manager.findOneBy<ObjectLiteral>(tables[property], { id: about });
    if (row?.['mergedIntoId'] != null) violateRule('MERGED', 'input.about');
    if (row) return { [property]: about } as Partial<Record<Property, string>>;
  }
  return notFound('input.about');
}
