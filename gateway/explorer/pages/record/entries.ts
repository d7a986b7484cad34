import { ownerOf } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import type {
  RecordChangePageFragment,
  RecordDisclosuresFragment,
  RecordReadingPageFragment,
} from '../../generated/graphql.ts';
import { bodyHref, eventHref, groupHref, siteHref, visitHref } from '../../parts/links.ts';
import { say } from '../../parts/record-words.ts';
import { findText } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import { deedOf, isOfRehearsal, nounOf, nounOfFields } from './nouns.ts';

type Disclosure = RecordDisclosuresFragment['nodes'][number];
type Change = RecordChangePageFragment['nodes'][number];
type PersonReading = RecordReadingPageFragment['nodes'][number];

/** One line of the record, in words, and as the cells of a file. */
export interface Entry {
  readonly id: string;
  readonly at: string;
  /** The organisation that read or changed. */
  readonly by: string;
  /** Its name, with that of the reader if it may be known. */
  readonly who: string;
  readonly role?: string;
  /** The kinds by which it is found: `refused`. */
  readonly kinds: readonly string[];
  /** What was done; nothing is said of a reading. */
  readonly deed?: string;
  readonly what: string;
  /** The same of several. */
  readonly many?: string;
  /** Whose data was read. */
  readonly owner?: string;
  /** The type of the records that were read: `Officer`. */
  readonly type?: string;
  /** How many were read, where it is known. */
  readonly records?: number;
  readonly purpose?: string | null;
  /** Why, in words. */
  readonly reason: string | null;
  /** The page of what it is about. */
  readonly link?: { readonly href: string; readonly text: string };
  readonly cells: readonly (string | number | boolean | null)[];
}

/** The names of the columns of a file. They do not change with the reader’s language. */
export const columns = {
  readings: [
    'at',
    'owner',
    'organisation',
    'reader',
    'role',
    'purpose',
    'type',
    'fields',
    'records',
    'wasRefused',
    'client',
    'operation',
  ],
  changes: ['at', 'owner', 'organisation', 'person', 'mutation', 'subject', 'fields', 'reason'],
} as const;

interface Read {
  readonly type: string;
  readonly fields: readonly string[];
}

/** What was read, in words: `officers (names, e-mail)`. */
function describeRead({ type, fields }: Read): string {
  const what = findText([`record.types_${type}`, 'record.types_other'], {}) ?? '';
  const named = fields.flatMap((field) => findText([`record.fields_${field}`], {}) ?? []);
  return named.length === 0 ? what : `${what} (${joinNames([...new Set(named)])})`;
}

/** The purpose as it is recorded: `OTHER: a study; DECIDE_NOMINATION`. */
function readPurpose(text: string | null) {
  const [, purpose = null, note = null] =
    /^([A-Z]+)(?:: (.*?))?(?:; [A-Z_]+)?$/.exec(text ?? '') ?? [];
  return { purpose, purposeNote: note };
}

const nameOfReader = (reader: string | null, organisation: string): string =>
  [...(reader ? [reader] : []), nameOfPartner(organisation)].join(', ');

/** From this number on, a reading is about many at once. */
const many = 50;

interface ReadEntry {
  readonly owner: string;
  readonly by: string;
  readonly reader: string | null;
  readonly records: number | null;
  readonly client: string | null;
  readonly operation: string | null;
}

/** What lists of readings of both kinds say alike. */
function entryOfRead(
  { id, at, role, type, fields, wasRefused }: Disclosure | PersonReading,
  { purpose, purposeNote }: ReturnType<typeof readPurpose>,
  { owner, by, reader, records, client, operation }: ReadEntry,
): Entry {
  const stated = [purpose, purposeNote].filter((part) => part !== null).join(': ');
  return {
    id,
    at,
    by,
    who: nameOfReader(reader, by),
    role,
    kinds: [
      ...(wasRefused ? ['refused'] : []),
      ...((records ?? 0) >= many ? ['many'] : []),
      ...(purpose === 'OTHER' ? ['other'] : []),
    ],
    what: describeRead({ type, fields }),
    owner: nameOfPartner(owner),
    type,
    ...(records !== null && !wasRefused && { records }),
    purpose,
    reason: findText([`purposes.${purpose}`], { note: purposeNote ?? '' }) ?? null,
    cells: [
      at,
      owner,
      by,
      reader,
      role,
      stated,
      type,
      fields.join(' '),
      records,
      wasRefused,
      client,
      operation,
    ],
  };
}

/** A reading of an organisation’s data. Its own auditors also see who read. */
export const entryOfReading = (owner: string, reading: Disclosure): Entry =>
  entryOfRead(reading, readPurpose(reading.purpose), {
    owner,
    by: reading.readerOrganisation,
    reader: reading.reader,
    records: reading.records,
    client: reading.clientName,
    operation: reading.operationName,
  });

/** A reading about one person. */
export const entryOfPersonReading = (reading: PersonReading): Entry =>
  entryOfRead(reading, reading, {
    owner: reading.owner,
    by: reading.organisation,
    reader: reading.reader,
    records: null,
    client: reading.client,
    operation: null,
  });

/** Whom a visitor may call during a visit: of hostings and itineraries. */
const contactFields = new Set(['contactOnTheSpot', 'emergencyContact']);

/** What a run of the server erased by age: names of readers, contacts of a visit, data of a person. */
function nounOfRun(subject: string, fields: readonly string[]): string {
  if (subject.includes(':readers-')) return 'readers';
  return fields.some((field) => contactFields.has(field)) ? 'hosting' : 'person';
}

/** The pages of what a mutation of this form is surely about. */
const pages: Readonly<Record<string, (id: string) => string>> = {
  group: groupHref,
  visit: visitHref,
  event: eventHref,
  body: bodyHref,
  site: siteHref,
};

const isAboutOne = /^(change|create|register|close|reopen|schedule)[A-Z]/;

/** The kinds by which changes are found. */
const kindOfChange = (mutation: string): string[] => {
  if (mutation === 'runRetention') return ['runs'];
  if (/^erase[A-Z]/.test(mutation)) return ['erasures'];
  if (/^hold[A-Z]/.test(mutation)) return ['holds'];
  return /^(import|loadDemonstration|removeRehearsals)$/.test(mutation) ? ['imports'] : [];
};

/** The fields that changed, as forms call them. */
function describeFields(fields: readonly string[]): string {
  const named = fields.flatMap((field) => findText([`labels.${field}`], {}) ?? []);
  const all = [...new Set(named), ...(named.length < fields.length ? [say('otherFields')] : [])];
  return all.length === 0 ? '' : ` (${joinNames(all)})`;
}

interface AboutPerson {
  /** The organisation of the reader, who can read more about its people. */
  readonly own: string;
  readonly hrefOf: (person: string) => string;
}

/** A change of an organisation’s data. Its own auditors also see who made it. */
export function entryOfChange(owner: string, change: Change, { own, hrefOf }: AboutPerson): Entry {
  const { id, at, organisation: by, person = null, mutation, subject, fields, reason } = change;
  const isWhole = isOfRehearsal.test(mutation);
  const noun = isWhole
    ? nounOfFields(fields)
    : mutation === 'runRetention'
      ? nounOfRun(subject, fields)
      : nounOf(mutation);
  const what = findText([`record.nouns_${noun}`], {}) ?? '';
  const many = isWhole ? findText([`record.many_${noun}`], {}) : undefined;
  const pageOf = isAboutOne.test(mutation) ? pages[noun] : undefined;
  const link =
    // Of a rehearsal, equal lines are told as one.
    noun === 'person' && !isWhole && ownerOf(subject) === own
      ? { href: hrefOf(subject), text: say('onlyPerson') }
      : pageOf && { href: pageOf(subject), text: say('open', { what }) };
  return {
    id,
    at,
    by,
    who: nameOfReader(person, by),
    kinds: kindOfChange(mutation),
    deed: findText([`record.deeds_${deedOf(mutation)}`], {}) ?? '',
    what: isWhole ? what : `${what}${describeFields(fields)}`,
    reason,
    ...(many && { many }),
    ...(link && { link }),
    cells: [at, owner, by, person, mutation, subject, fields.join(' '), reason],
  };
}
