import { HubError } from '../errors/hub-error.js';
import { Refusal } from '../errors/refusal.js';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The header with which clients name their program. Apollo’s clients send it. */
export const ownClientNameHeader = 'apollographql-client-name';

/** The headers with which a client may name its program and its version: two usual pairs. */
const clientHeaders = [
  { name: ownClientNameHeader, version: 'apollographql-client-version' },
  { name: 'graphql-client-name', version: 'graphql-client-version' },
] as const;

/**
 * What a client calls its program: `dashboard`, or `dashboard@1.2` if it says its version. The first
 * pair of headers that has a name counts. The form of the name is not checked yet; a version that does
 * not fit is left out.
 */
export function joinClientName(headers: Headers): string | string[] | undefined {
  for (const { name, version } of clientHeaders) {
    const given = headers[name];
    if (given === undefined || given === '') continue;
    const number = headers[version];
    const hasBoth = typeof given === 'string' && typeof number === 'string' && number !== '';
    return hasBoth && isClientName(`${given}@${number}`) ? `${given}@${number}` : given;
  }
  return undefined;
}

/** The header with which the hub tells a partner that name. The hub’s signature covers it. */
export const clientNameHeader = 'hub-client-name';

/** Each partner stores the name in its disclosure record. */
const longestClientName = 255;

/** Printable ASCII without a space at either end: every implementation of HTTP keeps it as it is. */
const clientNameForm = /^[!-~](?:[ -~]*[!-~])?$/;

/** Whether a header has a name that a request can carry. */
export const isClientName = (header: unknown): header is string =>
  typeof header === 'string' && header.length <= longestClientName && clientNameForm.test(header);

/**
 * The name in a header. Undefined if the header is missing or empty.
 * @param name of the header. @default the one of Apollo’s clients
 * @throws HubError `BAD_REQUEST` for any other form
 */
export function readClientName(
  header: unknown,
  name: string = ownClientNameHeader,
): string | undefined {
  if (header === undefined || header === '') return undefined;
  if (isClientName(header)) return header;
  const message = `\`${name}\` must have at most ${longestClientName} characters, all of them printable ASCII.`;
  throw new HubError('BAD_REQUEST', { message });
}

/**
 * The header with the number of milliseconds that a caller waits for the response. It is relative,
 * because clocks differ. The hub’s signature covers it. A partner sends it to the hub with its own
 * requests meanwhile.
 */
export const timeLeftHeader = 'hub-time-left';

/**
 * A caller reserves this part of its own time, and at least this many milliseconds, for the way
 * back.
 */
const wayBackPart = 0.1;
const leastWayBackMs = 100;

/**
 * How long the called server may take, so that its response arrives before its caller stops
 * waiting. So each step of a chain of calls has less time than the one before it, and the last one
 * that responds names those that did not.
 */
export function timeForCallee(leftMs: number): number {
  const wayBack = Math.max(leastWayBackMs, leftMs * wayBackPart);
  return Math.max(0, Math.floor(leftMs - Math.min(wayBack, leftMs / 2)));
}

/** The milliseconds in a header. Undefined for another form. */
export function parseTimeLeft(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,7}$/.test(header) ? Number(header) : undefined;
}

/** How many milliseconds the caller waits. Undefined if its request does not say. */
export const readTimeLeft = (headers: Headers): number | undefined =>
  parseTimeLeft(headers[timeLeftHeader]);

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
const purposeHeader = 'hub-purpose';

/** As long as the purpose of a token, in characters that every implementation of HTTP keeps. */
const longestPurpose = 256;
const headerForm = new RegExp(`^[ -~]{1,${longestPurpose}}$`);

/**
 * The purpose in the header of a client. Undefined if the header is missing or empty.
 * @throws Refusal `BAD_REQUEST` for an unknown one, and for `OTHER` without a text
 */
export function readPurpose(headers: Headers): string | undefined {
  const header = headers[purposeHeader];
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
