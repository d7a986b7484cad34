import { dates } from '@hub/shared/graphql';
import type { AskHub, HubError } from './hub-connection.js';
import { readPages, type Row } from './read-pages.js';
import type { TooLate } from './report.js';

/** A page of records whose dates were compared, and why parts of it are missing. */
interface ComparedPage {
  readonly root: string;
  readonly errors: readonly HubError[];
  readonly late: readonly TooLate[];
}

interface DatedRow {
  readonly id: string;
}
interface ProgrammeRow extends DatedRow {
  readonly endsOn: string | null;
  readonly evaluation: {
    readonly signOffs: readonly { readonly organisation: string; readonly signedOn: string }[];
  } | null;
}
interface GroupRow extends DatedRow {
  readonly programme: { readonly endsOn: string | null } | null;
  readonly debriefedOn: string | null;
  readonly delegatesDebriefedOn: string | null;
  readonly visits:
    | readonly (DatedRow & { readonly endsOn: string | null; readonly returnedOn: string | null })[]
    | null;
}
interface PersonRow {
  readonly report: (DatedRow & { readonly group: string; readonly receivedOn: string }) | null;
}

/** What is late if it is after the last day that the rule allows. */
function compare(
  type: string,
  id: string,
  field: string,
  on: string | null | undefined,
  last: string,
): TooLate[] {
  return on != null && on > last ? [{ kind: 'too-late', type, id, field, on, last }] : [];
}

/** The last day of paperwork of each group, by its id. */
type LastDays = Map<string, string>;

const listings: readonly {
  readonly root: string;
  readonly isConnection: boolean;
  readonly argument?: string;
  readonly selection: string;
  readonly read: (row: never, lastDays: LastDays) => TooLate[];
}[] = [
  {
    root: 'programmes',
    isConnection: false,
    selection: 'id endsOn evaluation { signOffs { organisation signedOn } }',
    read: (programme: ProgrammeRow) =>
      (programme.evaluation?.signOffs ?? []).flatMap(({ organisation, signedOn }) =>
        compare(
          'Programme',
          programme.id,
          `signedOn of ${organisation}`,
          signedOn,
          dates.lastPaperworkDay(programme),
        ),
      ),
  },
  {
    root: 'groups',
    isConnection: true,
    selection:
      'id programme { endsOn } debriefedOn delegatesDebriefedOn visits { id endsOn returnedOn }',
    read(group: GroupRow, lastDays) {
      const { id, programme, visits } = group;
      const last = dates.lastPaperworkDay({ endsOn: programme?.endsOn ?? null });
      lastDays.set(id, last);
      return [
        ...compare('Group', id, 'debriefedOn', group.debriefedOn, last),
        ...compare('Group', id, 'delegatesDebriefedOn', group.delegatesDebriefedOn, last),
        ...(visits ?? []).flatMap((visit) =>
          compare('Visit', visit.id, 'returnedOn', visit.returnedOn, dates.lastReturnDay(visit)),
        ),
      ];
    },
  },
  // After the groups, whose days they need.
  ...['officers', 'delegates'].map((root) => ({
    root,
    isConnection: true,
    argument: 'filter: { rehearsals: true }',
    selection: 'report { id group receivedOn }',
    read: ({ report }: PersonRow, lastDays: LastDays) =>
      report
        ? compare(
            'ParticipantReport',
            report.id,
            'receivedOn',
            report.receivedOn,
            lastDays.get(report.group) ?? dates.lastPaperworkDay({ endsOn: null }),
          )
        : [],
  })),
];

/**
 * Finds what an earlier version accepted although it breaks the rules TOO_LATE and DATE_ORDER: signatures,
 * debriefings and reports more than two years after the programme’s end, which only the network
 * knows, and returns more than 30 days after a visit’s planned end. An unknown end is open.
 */
export async function* findLateRecords(ask: AskHub): AsyncGenerator<ComparedPage> {
  const lastDays: LastDays = new Map();
  for (const { read, ...listing } of listings) {
    for await (const { rows, errors } of readPages(listing, ask)) {
      const late = rows.flatMap((row: Row) => read(row as never, lastDays));
      yield { root: listing.root, errors, late };
    }
  }
}
