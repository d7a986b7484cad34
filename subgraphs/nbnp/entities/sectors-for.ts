import type { vocabulary } from '@hub/shared/programme';
import type { Programme } from './programme.entity.js';
import type { Direction } from './vocabulary.js';

/** The sectors that groups of a direction should see, in the programme’s order. */
export const sectorsFor = (
  { sectorsByDirection, sectorsToShow }: Pick<Programme, 'sectorsByDirection' | 'sectorsToShow'>,
  direction: Direction,
): readonly vocabulary.Sector[] => sectorsByDirection?.[direction] ?? sectorsToShow;
