import { Refusal } from '../errors/refusal.js';

/** Why somebody reads data about people, and what each name means. */
export const purposeMeanings = {
  PROGRAMME: 'To plan and run the programme.',
  HOSTING: 'To host a visit.',
  SAFETY: 'To keep travellers safe.',
  EVALUATION: 'To evaluate the programme.',
  AUDIT: 'To verify who has read or changed what.',
  OTHER: 'Another purpose, which the note names.',
} as const;
export type PurposeName = keyof typeof purposeMeanings;

export const purposeNames = Object.keys(purposeMeanings) as PurposeName[];

export const isPurposeName = (name: unknown): name is PurposeName =>
  typeof name === 'string' && Object.hasOwn(purposeMeanings, name);

/** What a task is for that gives access, if the caller does not say why it reads. */
export const purposeOfTasks: PurposeName = 'PROGRAMME';

const purposeForm = new RegExp(`^(${purposeNames.join('|')})(?:[:;] ?(.+))?$`);

/** A purpose in its own words: `HOSTING`, `OTHER: a study`. Any other text is `OTHER`. */
export function parsePurpose(text: string | null): {
  readonly purpose: PurposeName | null;
  readonly note: string | null;
} {
  if (text === null) return { purpose: null, note: null };
  const [, name, note = null] = purposeForm.exec(text) ?? [];
  return isPurposeName(name) ? { purpose: name, note } : { purpose: 'OTHER', note: text };
}

/** The header with which a client says why it reads. It replaces the purpose of the token. */
export const purposeHeader = 'hub-purpose';

/** As long as the purpose of a token, in characters that every implementation of HTTP keeps. */
const longestPurpose = 256;
const headerForm = new RegExp(`^[ -~]{1,${longestPurpose}}$`);

/**
 * The purpose in the header of a client. Undefined if the header is missing or empty.
 * @throws Refusal `BAD_REQUEST` for an unknown one, and for `OTHER` without a text
 */
export function readPurposeHeader(header: string | string[] | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  if (typeof header === 'string' && headerForm.test(header)) {
    const [, name, note] = purposeForm.exec(header) ?? [];
    if (name !== undefined && (name !== 'OTHER' || note?.trim())) return header;
  }
  const message = `${purposeHeader} must be one of ${purposeNames.join(', ')}, and may have a text: HOSTING, OTHER: a study. OTHER requires one. It has at most ${longestPurpose} characters of printable ASCII.`;
  throw new Refusal('BAD_REQUEST', 400, { message });
}

/** The purposes for which fields may be read, by coordinate. Other fields may be read for any, or for none. */
export type FieldPurposes = ReadonlyMap<string, readonly PurposeName[]>;

const or = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** The message of `PURPOSE_NOT_ALLOWED`: which purposes would do. */
export const describeAllowed = (purposes: readonly PurposeName[]): string =>
  `The owner shows this only for the purpose ${or.format(purposes)}. State it with the header \`${purposeHeader}\`.`;
