import { networkCode, Sector, SiteEvidence } from '../vocabulary/index.js';
import { enumValue, idOf, optional, partialDate, prose, sourceColumn, text } from './column.js';

/** The columns that `sites.csv` has for every keeper of sites. Whose the site is, and where it lies, differs. */
export const siteColumns = {
  name: text('the name in English'),
  sector: enumValue(Object.values(Sector), 'what the site shows'),
  city: optional(text('the city')),
  event: optional(idOf(networkCode, 'the event that took place there')),
  kind: optional(text('what kind of place it is: `shelter`')),
  visitedOn: partialDate('when a group was there'),
  note: optional(prose('anything else')),
  evidence: enumValue(
    Object.values(SiteEvidence),
    'how well it is documented that groups go there',
  ),
  source: sourceColumn,
};
