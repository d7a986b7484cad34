import { EmailAddressScalar, LanguageTagScalar } from '../scalars/index.js';
import { networkCode, Sector, SiteEvidence, TargetGroup } from '../vocabulary/index.js';
import {
  CellError,
  enumValue,
  idOf,
  listOf,
  optional,
  partialDate,
  prose,
  scalar,
  sourceColumn,
  text,
  type Column,
} from './column.js';

/**
 * Whether a record was made for rehearsals. An empty cell says that it was not. Files of before
 * rehearsals have no such column.
 * @param about what it means for the record
 */
const rehearsal = (about: string): Column<boolean> => ({
  about,
  form: '`true` `false`, empty for `false`; may be missing',
  isNeeded: false,
  mayBeMissing: true,
  empty: false,
  read(text) {
    const value = text.toLowerCase();
    if (value !== 'true' && value !== 'false') throw new CellError('must be true or false');
    return value === 'true';
  },
});

/** Of what is invented or real: people, offices and sites. */
export const madeForRehearsals = rehearsal(
  '`true` for one that was invented for rehearsals; it stays what it is',
);

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
  source: sourceColumn,
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
