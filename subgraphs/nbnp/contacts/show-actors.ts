import { loadParty, type WithLoaders } from '../access/load-related.js';
import { ContactLevel } from '../entities/vocabulary.js';
import type { Actor } from './contact.js';

/** The parties that these actors stand for; none at level COUNTRY. */
export async function showParties(
  actors: readonly Actor[],
  level: ContactLevel,
  context: WithLoaders,
): Promise<(object | null)[]> {
  if (level === ContactLevel.COUNTRY) return [];
  return Promise.all(actors.map((id) => loadParty(id, context)));
}

/** The countries that these actors stand for; none at the other levels. */
export const showCountries = (actors: readonly Actor[], level: ContactLevel): readonly string[] =>
  level === ContactLevel.COUNTRY ? actors : [];
