import { csv } from '@hub/shared/database';
import { dates } from '@hub/shared/graphql';
import { codes } from '@hub/shared/policy';
import type { Spokesmanship } from '../entities/spokesmanship.entity.js';
import type { FactIds } from './fact-ids.js';
import type { Facts } from './fact-tables.js';

type Term = Facts['terms'][number];

/** The organisation for which a row’s country speaks, by the row’s id. */
const bodies = { 'nbnp-': 'nbnp:nbnp', 'cbss-tfthb-': 'nbnp:cbss-tfthb' } as const;

function bodyOf({ term_id }: Term): string | undefined {
  return Object.entries(bodies).find(([prefix]) => term_id.startsWith(prefix))?.[1];
}

/**
 * True if a row states the same function of the same body and country at a time within the term.
 */
function fallsInto(row: Term, term: Term): boolean {
  const { start_date: start, end_date: end, country } = term;
  const on = row.attested_on;
  if (start === null || end === null || on === null) return false;
  if (row.country !== country || bodyOf(row) !== bodyOf(term)) return false;
  return (
    dates.lastDayOf(on) >= dates.firstDayOf(start) && dates.firstDayOf(on) <= dates.lastDayOf(end)
  );
}

/** What an attestation says and the term has no field for. */
function described({
  attested_on,
  holder_organisation,
  role_title,
  notes,
  source_url,
}: Term): string {
  const who = [holder_organisation, role_title].filter(Boolean).join(', ');
  const told = [`${who}.`, notes, source_url && `(${source_url})`].filter(Boolean).join(' ');
  return `${attested_on ?? 'Undated'}: ${told}`;
}

const joined = (...notes: readonly (string | null | undefined)[]): string | null =>
  notes.filter(Boolean).join('; ') || null;

/**
 * The spokespersons of the network and of the task force in the file. A row that only attests to a
 * term becomes part of that term. A row that attests to no term is a spokesmanship without dates.
 * Gaps stay gaps. Members of the board are not chairs: see `boardClaims`.
 */
export function readSpokesmanships({ terms, termYears }: Facts, ids: FactIds): Spokesmanship[] {
  const isTold = (row: Term) => row.row_kind === 'term' || row.row_kind === 'attestation';
  const termRows = terms.filter(({ row_kind }) => row_kind === 'term');
  const termOf = (row: Term) =>
    row.row_kind === 'term' ? undefined : termRows.find((term) => fallsInto(row, term));
  return terms.flatMap((row, index): Spokesmanship[] => {
    if (!isTold(row) || termOf(row)) return [];
    const bodyId = bodyOf(row);
    if (!bodyId)
      throw csv.faultIn(
        'network-terms.csv',
        index,
        'term_id',
        `“${row.term_id}” names no known body`,
      );
    if (!row.country) throw csv.faultIn('network-terms.csv', index, 'country', 'is empty');
    const attestations = terms.filter((other) => isTold(other) && termOf(other) === row);
    const years = termYears.find(({ term_id }) => term_id === row.term_id);
    const from = years?.answers_from ?? row.start_date;
    const to = years?.answers_to ?? row.end_date;
    const isResponse = row.row_kind === 'term' && from !== null && to !== null;
    const attestedOn = [row, ...attestations].flatMap(({ attested_on }) => attested_on ?? []);
    return [
      {
        id: csv.toGlobalId(codes.networkCode, row.term_id),
        bodyId,
        position: index,
        country: row.country,
        holder: row.holder_public_name,
        holderOrganisation: row.holder_organisation,
        role: row.role_title,
        unitId: ids.unitNamed(row.holder_organisation),
        startedOn: row.start_date,
        endedOn: row.end_date,
        attestedOn: attestedOn.length > 0 ? attestedOn : null,
        note: joined(row.notes, years?.note, ...attestations.map(described)),
        source: row.source_url,
        answersFrom: isResponse ? dates.firstDayOf(from) : null,
        answersTo: isResponse ? dates.lastDayOf(to) : null,
      },
    ];
  });
}
