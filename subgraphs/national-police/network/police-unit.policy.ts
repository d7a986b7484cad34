import { openBeside, type TypePolicy } from '@hub/shared/policy';
import { mayReadItineraries } from '../access/decide-itinerary.js';

const { fields, decide } = openBeside(
  [
    'id',
    'name',
    'acronym',
    'variants',
    'country',
    'city',
    'validFrom',
    'validTo',
    'successor',
    'parent',
    'units',
    'sites',
    'kind',
    'note',
    'source',
    'claims',
  ],
  ['officers', 'experts'],
);

/** A unit’s hostings are a list of the ones that the reader may read. */
export const policeUnitPolicy: TypePolicy = {
  fields: { ...fields, hostings: 'hostings' },
  keptSeconds: 30,
  decide: (level, unit, context) =>
    level === 'hostings' ? mayReadItineraries(context) : decide(level, unit, context),
};
