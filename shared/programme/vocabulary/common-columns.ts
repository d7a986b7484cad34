import { EmailAddressScalar, LanguageTagScalar } from '../../graphql/scalars/scalars.js';
import { madeForRehearsals, rehearsal } from '../../import/check-rehearsals.js';
import {
  enumValue,
  idOf,
  listOf,
  optional,
  optionalInFile,
  partialDate,
  prose,
  scalar,
  statedColumns,
  text,
} from '../../import/column.js';
import { networkCode } from '../../policy/codes.js';
import { Sector, SiteEvidence, TargetGroup } from './enums.js';

/** The columns that a file of people has, whoever keeps it. */
export const personColumns = {
  name: text('the full name'),
  email: optional(scalar(EmailAddressScalar, 'the address at work')),
  targetGroup: enumValue(
    Object.values(TargetGroup),
    'the target group as which the person travels',
  ),
  languages: listOf(scalar(LanguageTagScalar, 'the languages that the person speaks, best first')),
  isRehearsal: madeForRehearsals,
};

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
  ...statedColumns,
  closedOn: optionalInFile(partialDate('since when no group can visit it')),
  isRehearsal: madeForRehearsals,
};

/**
 * What a host arranges for a visit, whoever it is. Its decision on the offer is not imported,
 * because the mutations have rules for it.
 */
export const hostingColumns = {
  visitId: idOf(networkCode, 'the visit; it stays the same'),
  accommodation: optional(prose('where the group stays')),
  transport: optional(prose('how it travels between the stops')),
  meetingPoint: optional(prose('where it is met')),
  contactOnTheSpot: optional(prose('who is with it')),
  emergencyContact: optional(prose('whom to call in an emergency')),
  note: optional(prose('anything else that it should know')),
  isRehearsal: rehearsal('`true` for a visit of a rehearsal'),
};
