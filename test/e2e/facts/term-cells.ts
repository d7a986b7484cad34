import type { Tree } from '../network/open-hub.js';
import type { Cell, Cells, FactFile } from './fact-file.js';
import { orNull, readCsv, type CsvRow } from './read-csv.js';

const { rows } = readCsv('network-terms.csv');

/** The row of the term that an attestation falls in: the same body’s and country’s, at that time. */
function termOf({ term_id = '', row_kind, country, attested_on: on = '' }: CsvRow) {
  if (row_kind !== 'attestation') return undefined;
  const body = term_id.split('-')[0];
  return rows.find(
    (row) =>
      row.row_kind === 'term' &&
      row.country === country &&
      row.term_id?.split('-')[0] === body &&
      !!row.start_date &&
      !!row.end_date &&
      on >= row.start_date.slice(0, on.length) &&
      on.slice(0, row.end_date.length) <= row.end_date,
  );
}

/** Within a text; a cell that is empty says nothing. */
const within = (cell: string | undefined, text: string | null | undefined): Cell => [
  orNull(cell),
  !cell ? null : text?.includes(cell) ? cell : (text ?? null),
];

/** A term, or an attestation that stands by itself. */
const standing = (row: CsvRow, term: Tree): Cells => ({
  term_id: [`nbnp:${row.term_id?.replace(/^nbnp-/, '')}`, term.id],
  row_kind: ['stands', term.id === undefined ? 'is missing' : 'stands'],
  country: [row.country, term.country],
  holder_public_name: [orNull(row.holder_public_name), term.holder],
  holder_organisation: [orNull(row.holder_organisation), term.holderOrganisation],
  role_title: [row.role_title, term.role],
  start_date: [orNull(row.start_date), term.startedOn],
  end_date: [orNull(row.end_date), term.endedOn],
  attested_on: [orNull(row.attested_on), row.attested_on ? term.attestedOn?.[0] : null],
  source_url: [row.source_url, term.source],
  notes: within(row.notes, term.note),
});

/** An attestation of a term gives it a date, and is told in its note. */
const attesting = (row: CsvRow, term: Tree): Cells => ({
  term_id: [true, term.id !== undefined],
  row_kind: ['is told with its term', term.note ? 'is told with its term' : 'is missing'],
  country: [row.country, term.country],
  holder_public_name: [orNull(row.holder_public_name), null],
  holder_organisation: within(row.holder_organisation, term.note),
  role_title: within(row.role_title, term.note),
  start_date: [orNull(row.start_date), null],
  end_date: [orNull(row.end_date), null],
  attested_on: [row.attested_on, term.attestedOn?.find((on: string) => on === row.attested_on)],
  source_url: within(row.source_url, term.note),
  notes: within(row.notes, term.note),
});

/** Who sat on the board is a claim of the country’s membership. */
const onBoard = (row: CsvRow, member: Tree): Cells => {
  const property = row.role_title === 'board member' ? 'boardMember' : 'contactPerson';
  const claim = member?.claims.find((each: Tree) => each.property === property) ?? {};
  return {
    term_id: [true, claim.preferred],
    row_kind: ['is a claim', claim.property ? 'is a claim' : 'is missing'],
    country: [row.country, member?.country],
    holder_public_name: [orNull(row.holder_public_name), null],
    holder_organisation: [row.holder_organisation, claim.value],
    role_title: [property, claim.property],
    start_date: [orNull(row.start_date), null],
    end_date: [orNull(row.end_date), null],
    attested_on: within(row.attested_on, claim.note),
    source_url: [row.source_url, claim.source],
    notes: within(row.notes, claim.note),
  };
};

/** A gap is loaded nowhere: nobody is named for it. */
const nowhere = (row: CsvRow, terms: readonly Tree[], inGap: Tree): Cells =>
  Object.fromEntries(
    Object.entries(row).map(([column, cell]) => {
      const isTold =
        inGap !== null || terms.some(({ note, id }) => cell && (note === cell || id === cell));
      return [column, [false, isTold] satisfies Cell];
    }),
  );

const term = 'id country holder holderOrganisation role startedOn endedOn attestedOn note source';

/** The terms of the network and of the task force, and who sat on the network’s board. */
export const termFile: FactFile = {
  file: 'network-terms.csv',
  query: `{ network { spokesmanships { ${term} } members { country claims { property value source preferred note } }
      afterDenmark: spokesmanship(on: "2012-06-30") { id } afterIceland: spokesmanship(on: "2020-06-30") { id } }
    organisation(id: "nbnp:cbss-tfthb") { chairs { ${term} } } }`,
  compare: ({ network, organisation }) => {
    const terms: Tree[] = [...network.spokesmanships, ...organisation.chairs];
    const find = (id: string | undefined) =>
      terms.find((each) => each.id === `nbnp:${id?.replace(/^nbnp-/, '')}`) ?? {};
    const gaps = [network.afterDenmark, network.afterIceland];
    return (row) => {
      const of = termOf(row);
      if (of) return attesting(row, find(of.term_id));
      if (row.row_kind === 'gap')
        return nowhere(row, terms, gaps[row.term_id === 'nbnp-gap-1' ? 0 : 1]);
      if (row.row_kind === 'board')
        return onBoard(
          row,
          network.members.find(({ country }: Tree) => country === row.country),
        );
      return standing(row, find(row.term_id));
    };
  },
};
