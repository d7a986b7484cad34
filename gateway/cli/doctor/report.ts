/** A reference to a record that its owner does not have. */
interface Dangling {
  readonly kind: 'leads-nowhere';
  /** The record with the reference, or the record that contains the value with the reference. */
  readonly type: string;
  /** Null for a record without an id. */
  readonly id: string | null;
  /** The path from there to the reference. */
  readonly field: string;
  readonly targetType: string;
  readonly target: string;
  /** The partner that should have the record. Null if the id has no owner. */
  readonly owner: string | null;
}

/** A record that exists, and lacks a required back reference. */
interface Unanswered extends Omit<Dangling, 'kind'> {
  readonly kind: 'not-answered';
  /** The fields that should lead back. */
  readonly by: string;
}

/** Fields of several owners that exclude each other. */
export interface Contradicting {
  readonly kind: 'contradicts-itself';
  readonly type: string;
  readonly id: string | null;
  readonly fields: readonly string[];
}

/** A date that an earlier version accepted, after the last day that the rule TOO_LATE allows. */
export interface TooLate {
  readonly kind: 'too-late';
  readonly type: string;
  readonly id: string;
  readonly field: string;
  readonly on: string;
  /** The last day that is allowed. */
  readonly last: string;
}

/** What could not be checked. */
export interface Unchecked {
  readonly kind: 'not-checked';
  /** A root field, `Type.field`, or the type of the target. */
  readonly part: string;
  /** Null if no particular partner is the cause. */
  readonly partner: string | null;
  /** An error code. */
  readonly reason: string;
}

/** A record of disclosures that does not continue the end that the hub knows. */
export interface BrokenRecord {
  readonly kind: 'record-changed';
  readonly partner: string;
  /** How many links it had, and how many it has now. */
  readonly knownLinks: number;
  readonly links: number;
  /** When the hub noticed. */
  readonly since: string;
}

/** An erasure that another organisation has not confirmed. */
export interface OutstandingErasure {
  readonly kind: 'erasure-outstanding';
  /** The id of the erased person. */
  readonly person: string;
  /** The organisation that has to remove what it wrote about her. */
  readonly holder: string;
  readonly since: string;
}

export type Finding =
  | Dangling
  | Unanswered
  | Contradicting
  | TooLate
  | OutstandingErasure
  | Unchecked
  | BrokenRecord;

export interface Summary {
  readonly kind: 'summary';
  readonly references: number;
  readonly leadNowhere: number;
  readonly notAnswered: number;
  readonly contradictThemselves: number;
  readonly tooLate: number;
  readonly erasuresOutstanding: number;
  readonly notChecked: number;
}

/** One line of text. */
export function describeFinding(finding: Finding): string {
  const { kind } = finding;
  const label = kind.replaceAll('-', ' ').padEnd(18);
  if (kind === 'not-checked') {
    const { part, partner, reason } = finding;
    return `${label}  ${part}${partner ? ` of ${partner}` : ''}: ${reason}`;
  }
  if (kind === 'record-changed') {
    const { partner, knownLinks, links, since } = finding;
    return `${label}  disclosures of ${partner}: ${links} links, ${knownLinks} were known, since ${since}`;
  }
  if (kind === 'erasure-outstanding')
    return `${label}  ${finding.person} at ${finding.holder}, since ${finding.since}`;
  const record = `${finding.type} ${finding.id ?? '-'}`;
  if (kind === 'too-late')
    return `${label}  ${record}  ${finding.field} ${finding.on}, at most ${finding.last}`;
  if (kind === 'contradicts-itself') return `${label}  ${record}  ${finding.fields.join(', ')}`;
  const { field, targetType, target, owner } = finding;
  const line = `${label}  ${record}  ${field} -> ${targetType} ${target}`;
  const backReference =
    kind === 'not-answered' ? `, without a back reference in ${finding.by}` : '';
  return `${line}  (owner ${owner ?? '-'})${backReference}`;
}

export function describeSummary(summary: Summary): string {
  const { references, leadNowhere, notAnswered, contradictThemselves } = summary;
  return [
    `${references} references checked: ${leadNowhere} lead nowhere, ${notAnswered} not answered,`,
    `${contradictThemselves} records contradict themselves, ${summary.tooLate} dates are too late,`,
    `${summary.erasuresOutstanding} erasures are outstanding;`,
    `${summary.notChecked} parts not checked.`,
  ].join(' ');
}
