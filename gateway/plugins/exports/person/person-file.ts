import { HubError } from '@hub/shared/errors';
import type { personFiles } from '@hub/shared/records';
import { decodeJwt } from 'jose';
import { isObject } from '../graph-response.js';

type Content = personFiles.Part;

/** What one organisation holds about a person. */
interface FilePart {
  readonly issuer: string;
  /** The compact JWS, which `npm run hub -- evidence verify` verifies. */
  readonly statement: string;
  /** What it says, for those who cannot read a JWS. */
  readonly content: Content;
}

/** All about one person: what each owner holds, and the owners whose part is missing. */
export interface PersonFile {
  readonly form: 1;
  readonly person: string;
  readonly at: string;
  readonly parts: readonly FilePart[];
  readonly missing: readonly string[];
}

function* findStatements(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isObject(value)) for (const part of Object.values(value)) yield* findStatements(part);
}

const isEmpty = ({ content }: FilePart): boolean =>
  content.rows.length === 0 && content.readings.length === 0;

/**
 * Puts the signed parts of a response together.
 * @throws HubError `NOT_FOUND` if no owner holds anything, and none is missing
 */
export function composePersonFile(
  data: Readonly<Record<string, unknown>>,
  { missing, at }: Pick<PersonFile, 'missing'> & { readonly at: Date },
): PersonFile {
  const parts = [...findStatements(data)].map((statement): FilePart => {
    const content = decodeJwt<Content>(statement) as Content;
    return { issuer: content.issuer, statement, content };
  });
  if (missing.length === 0 && parts.every(isEmpty)) throw new HubError('NOT_FOUND');
  const person = parts[0]?.content.person ?? '';
  return { form: 1, person, at: at.toISOString(), parts, missing: missing.toSorted() };
}
