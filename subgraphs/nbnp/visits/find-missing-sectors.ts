import { vocabulary } from '@hub/shared/programme';

/** The planned sectors that no stop covers, in the programme’s order. */
export function findMissingSectors(
  toShow: readonly vocabulary.Sector[],
  shown: readonly vocabulary.Sector[],
): vocabulary.Sector[] {
  const covered = new Set(shown);
  // The sources speak of the social and health sector as one.
  if (covered.has(vocabulary.Sector.SOCIAL)) covered.add(vocabulary.Sector.HEALTH);
  return toShow.filter((sector) => !covered.has(sector));
}
