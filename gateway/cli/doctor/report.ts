/** A reference to a record that its owner does not have. */
interface Dangling {
  readonly kind: 'leads-nowhere';
  /** The record that refers, or that shows the value that does. */
  readonly type: string;
  /** Null for what has no id. */
  readonly id: string | null;
  /** From there to the reference. */
  readonly field: string;
  readonly targetType: string;
  readonly target: string;
  /** The partner who would have it; null where the id is nobody’s. */
  readonly owner: string | null;
}

/** A record that is there, and does not refer back as it has to. */
interface Unanswered extends Omit<Dangling, 'kind'> {
  readonly kind: 'not-answered';
  /** The fields that would lead back. */
  readonly by: string;
}

/** Fields of several owners that cannot all be set. */
export interface Contradicting {
  readonly kind: 'contradicts-itself';
  readonly type: string;
  readonly id: string | null;
  readonly fields: readonly string[];
}

/** What could not be read, and whose it is. */
export interface Unchecked {
  readonly kind: 'not-checked';
  /** A root field, `Type.field`, or the type of what is referred to. */
  readonly part: string;
  /** Null where it is nobody’s in particular. */
  readonly partner: string | null;
  /** An error code. */
  readonly reason: string;
}

/** A record of disclosures that does not continue what the hub knows of it. */
export interface BrokenRecord {
  readonly kind: 'record-changed';
  readonly partner: string;
  /** How many links it had, and how many it has. */
  readonly knownLinks: number;
  readonly links: number;
  /** When the hub found out. */
  readonly since: string;
}

export type Finding = Dangling | Unanswered | Contradicting | Unchecked | BrokenRecord;

export interface Summary {
  readonly kind: 'summary';
  readonly references: number;
  readonly leadNowhere: number;
  readonly notAnswered: number;
  readonly contradictThemselves: number;
  readonly notChecked: number;
}

/** One line for people. */
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
  const record = `${finding.type} ${finding.id ?? '-'}`;
  if (kind === 'contradicts-itself') return `${label}  ${record}  ${finding.fields.join(', ')}`;
  const { field, targetType, target, owner } = finding;
  const line = `${label}  ${record}  ${field} -> ${targetType} ${target}`;
  const answer = kind === 'not-answered' ? `, not named by its ${finding.by}` : '';
  return `${line}  (owner ${owner ?? '-'})${answer}`;
}

export function describeSummary(summary: Summary): string {
  const { references, leadNowhere, notAnswered, contradictThemselves, notChecked } = summary;
  return [
    `${references} references checked: ${leadNowhere} lead nowhere, ${notAnswered} not answered,`,
    `${contradictThemselves} records contradict themselves; ${notChecked} parts not checked.`,
  ].join(' ');
}
