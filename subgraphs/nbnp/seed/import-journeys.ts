import { UrlScalar } from '@hub/shared/graphql';
import {
  count,
  defineKind,
  enumValue,
  optional,
  reference,
  scalar,
  text,
} from '@hub/shared/import';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Direction } from '../entities/vocabulary.js';

/** `journeys.csv` */
export const journeys = defineKind({
  name: 'journeys',
  about: 'The journeys that programmes plan, one for each direction.',
  entity: PlannedJourney,
  columns: {
    programme: reference(Programme, 'programme', 'the programme'),
    position: count('orders the journeys of the programme: the smallest is first'),
    direction: enumValue(Object.values(Direction), 'from where to where'),
    weeks: count('how long it takes, in weeks'),
    destination: text('where it leads to'),
    source: optional(scalar(UrlScalar, 'the page that states it')),
  },
  toRecord: ({ programme: programmeId, ...row }) => ({ row: { ...row, programmeId } }),
});
