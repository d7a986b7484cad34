import { findErasures, type Erasing } from './find-erasures.js';
import { findLateRecords } from './find-late-records.js';
import type { Reference, Walk, WalkNode } from './find-references.js';
import type { FindTargets, FindTargetsOptions } from './find-targets.js';
import type { AskHub, HubError } from './hub-connection.js';
import { readPages, type Row } from './read-pages.js';
import { readSightings, type Sighting } from './read-sightings.js';
import type { Finding, Summary, Unchecked } from './report.js';

/** Prints the selection for each record of a walk. */
export function printNode({ identity, references, contradictions, children }: WalkNode): string {
  const fields = new Set<string>([
    ...(identity ? [identity] : []),
    ...contradictions.flatMap(({ set, unset }) => [...set, ...unset]),
    ...references.map(printReference),
    ...[...children].map(([field, child]) => {
      const given = child.argument ? `(${child.argument})` : '';
      return `${field}${given} { ${printNode(child)} }`;
    }),
  ]);
  return [...fields].join(' ');
}

function printReference({ field, isPlain, targets }: Reference): string {
  if (isPlain) return field;
  const fragments = targets.map(({ type, key, backPath }) => {
    const back = backPath?.reduceRight(
      (inner, name) => (inner ? `${name} { ${inner} }` : name),
      '',
    );
    return `... on ${type} { ${key}${back ? ` ${back}` : ''} }`;
  });
  return `${field} { __typename ${fragments.join(' ')} }`;
}

export interface ExamineOptions {
  readonly walks: readonly Walk[];
  /** References that the contracts leave open. They count as not checked. */
  readonly gaps: readonly string[];
  /** Earlier findings that could not be checked. */
  readonly unchecked: readonly Unchecked[];
  readonly ask: AskHub;
  readonly partners: readonly Erasing[];
  readonly findTargets: FindTargets;
  readonly ownerOf: FindTargetsOptions['ownerOf'];
  /** Called with each finding. Findings are not stored. */
  readonly tell: (finding: Finding) => void;
}

/** Checks all references, late dates and erasures, page by page, and reports what is wrong. */
export async function examine(options: ExamineOptions): Promise<Summary> {
  const { walks, gaps, unchecked, ask } = options;
  const tally = createTally(options.tell);
  for (const finding of unchecked) tally.add(finding);
  for (const part of gaps)
    tally.add({ kind: 'not-checked', part, partner: null, reason: 'UNKNOWN' });
  for (const walk of walks) {
    const { root, isConnection, node } = walk;
    const { argument } = node;
    const listing = { root, isConnection, argument, selection: printNode(node) };
    for await (const { rows, errors } of readPages(listing, ask)) {
      for (const error of errors)
        tally.add(readDangling(walk, rows, error, options) ?? readUnchecked(walk.root, error));
      await examineRows(walk, rows, options, tally);
    }
  }
  for await (const { root, errors, late } of findLateRecords(ask)) {
    for (const error of errors) tally.add(readUnchecked(root, error));
    for (const finding of late) tally.add(finding);
  }
  for await (const { root, errors, erasures } of findErasures(ask, options.partners)) {
    for (const error of errors) tally.add(readUnchecked(root, error));
    for (const finding of erasures) tally.add(finding);
  }
  return tally.summary();
}

async function examineRows(
  { node }: Walk,
  rows: readonly Row[],
  { findTargets, ownerOf }: ExamineOptions,
  tally: Tally,
): Promise<void> {
  const sightings: Sighting[] = [];
  for (const row of rows) {
    for (const seen of readSightings(node, row)) {
      if (seen.kind === 'refers') sightings.push(seen);
      else tally.add(seen);
    }
  }
  for (const [targetType, seen] of groupByTarget(sightings)) {
    const verdicts = await findTargets(
      targetType,
      seen.map(({ target }) => target),
    );
    for (const { kind: _kind, unanswered, ...reference } of seen) {
      const verdict = verdicts.get(reference.target);
      if (!verdict) continue;
      if (verdict.exists === undefined) {
        const { partner, reason } = verdict;
        tally.add({ kind: 'not-checked', part: targetType, partner, reason });
        continue;
      }
      tally.count();
      const owner = ownerOf(targetType, reference.target);
      if (!verdict.exists) tally.add({ kind: 'leads-nowhere', ...reference, owner });
      else if (unanswered) tally.add({ kind: 'not-answered', ...reference, owner, by: unanswered });
    }
  }
}

function groupByTarget(sightings: readonly Sighting[]): Map<string, Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const group = groups.get(sighting.targetType);
    if (group) group.push(sighting);
    else groups.set(sighting.targetType, [sighting]);
  }
  return groups;
}

/** A reference for which the hub itself noticed that it leads nowhere. Undefined for other errors. */
function readDangling(
  { node }: Walk,
  rows: readonly Row[],
  { path = [], extensions }: HubError,
  { ownerOf }: ExamineOptions,
): Finding | undefined {
  const { code, id: target, owner = null } = extensions ?? {};
  if (code !== 'DANGLING_REFERENCE' || target === undefined) return undefined;
  const index = path.findIndex((step) => typeof step === 'number');
  const row = rows[Number(path[index])];
  const fields = path.slice(index + 1).filter((step) => typeof step === 'string');
  const holder = fields
    .slice(0, -1)
    .reduce<typeof node | undefined>((at, field) => at?.children.get(field), node);
  const targets = holder?.references.find(({ field }) => field === fields.at(-1))?.targets;
  if (!row || !targets) return undefined;
  const { type } = targets.find((one) => ownerOf(one.type, target) !== null) ?? targets[0] ?? node;
  const id = node.identity === undefined ? undefined : row[node.identity];
  return {
    kind: 'leads-nowhere',
    type: node.type,
    id: typeof id === 'string' ? id : null,
    field: fields.join('.'),
    targetType: type,
    target,
    owner,
  };
}

/** Field names only, without list indexes: each part is reported once. */
function readUnchecked(root: string, { path, extensions }: HubError): Unchecked {
  const fields = (path ?? []).filter((step) => typeof step === 'string' && step !== 'nodes');
  return {
    kind: 'not-checked',
    part: fields.join('.') || root,
    partner: extensions?.partner ?? null,
    reason: extensions?.code ?? 'INTERNAL_SERVER_ERROR',
  };
}

interface Tally {
  /** Counts a reference that could be checked. */
  count(): void;
  add(finding: Finding): void;
  summary(): Summary;
}

function createTally(tell: (finding: Finding) => void): Tally {
  const counts = {
    'leads-nowhere': 0,
    'not-answered': 0,
    'contradicts-itself': 0,
    'too-late': 0,
    'erasure-outstanding': 0,
    'not-checked': 0,
    'record-changed': 0,
  };
  const told = new Set<string>();
  let references = 0;
  return {
    count: () => void (references += 1),
    add(finding) {
      if (finding.kind === 'not-checked') {
        const text = JSON.stringify(finding);
        if (told.has(text)) return;
        told.add(text);
      }
      counts[finding.kind] += 1;
      tell(finding);
    },
    summary: () => ({
      kind: 'summary',
      references,
      leadNowhere: counts['leads-nowhere'],
      notAnswered: counts['not-answered'],
      contradictThemselves: counts['contradicts-itself'],
      tooLate: counts['too-late'],
      erasuresOutstanding: counts['erasure-outstanding'],
      notChecked: counts['not-checked'],
    }),
  };
}
