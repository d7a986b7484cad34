import type { ParticipantCount } from '../entities/event.entity.js';
import type { CountQualifier } from '../entities/vocabulary.js';
import type { Facts } from './fact-tables.js';

/** The meaning of the sources’ wordings. The first match counts. */
const wordings: readonly [RegExp, CountQualifier][] = [
  [/^exact$/, 'EXACT'],
  [/announced/, 'ANNOUNCED'],
  [/^(about|around|approximately)$|hundred or so/, 'ABOUT'],
  [/^(over|more than)$/, 'MORE_THAN'],
];

export const toQualifier = (wording: string | null): CountQualifier =>
  wordings.find(([pattern]) => pattern.test(wording ?? ''))?.[1] ?? 'OTHER';

type Row = Pick<
  Facts['events'][number],
  'event_id' | 'participants' | 'participants_qualifier' | 'source_url'
>;

/**
 * An event’s number of participants. Null where the file’s number counts something else: a claim then has the same
 * number under another property. The file calls the number of the first seminar exact, but its source says how many
 * were invited, not how many came.
 */
export function readParticipants(
  row: Row,
  { claims, statements }: Pick<Facts, 'claims' | 'statements'>,
): ParticipantCount | null {
  if (row.participants === null) return null;
  const countsSomethingElse = claims.some(
    ({ subject, property, value }) =>
      subject === row.event_id && property !== 'participants' && value === String(row.participants),
  );
  if (countsSomethingElse) return null;
  const isOfInvited = statements.some(
    ({ about, text }) =>
      about === row.event_id &&
      text.includes(`${row.participants} participants`) &&
      /\binvited\b/.test(text),
  );
  const qualifier = isOfInvited ? 'ANNOUNCED' : toQualifier(row.participants_qualifier);
  return { value: row.participants, qualifier };
}
