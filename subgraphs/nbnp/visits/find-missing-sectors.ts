import { Sector } from '@hub/shared/programme';

/** The planned sectors that no stop covers, in the programme’s order. */
export function findMissingSectors(toShow: readonly Sector[], shown: readonly Sector[]): Sector[] {
  const covered = new Set(shown);
  // The sources speak of the social and health sector as one.
  if (covered.has(Sector.SOCIAL)) covered.add(Sector.HEALTH);
  return toShow.filter((sector) => !covered.has(sector));
}
