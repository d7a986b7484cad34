import type { OverdueTasks } from '@hub/shared/partner';
import type { chainedLines } from '@hub/shared/records';
import { digestOf } from '@hub/shared/system';
import { z } from 'zod';
import { readComposedGraph, type ComposedGraph } from '../../registry/law/composed-graph.js';
import { listCoordinates } from '../../registry/law/field-set.js';
import { ownersOfField } from '../../registry/law/ownership.js';
import type { ReleaseStore } from '../../registry/releases/release-store.js';
import type { OwnerNotice, StoredNotices } from './notice-store.js';

/** An organisation that is told. */
export interface NotifiedOwner {
  readonly code: string;
  readonly subgraph: string;
}

/** How many tasks of each kind wait for organisations past their due date, as a partner says. */
export interface SaidOverdue {
  readonly by: string;
  readonly overdue: readonly OverdueTasks[];
}

/** More fields or reasons are not listed. The graph and the registry have them. */
const mostListed = 100;

const proposed = z.object({ contract: z.string(), proposal: z.int() });
const quarantined = z.object({
  partner: z.string(),
  schemaVersion: z.string(),
  reasons: z.array(z.object({ rule: z.string(), place: z.string() })),
});
const released = z.object({ release: z.int() });

/** For each field, the subgraphs that use it and do not own it: what they `@requires` or `@provides`. */
function listUses(graph: ComposedGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map<string, Set<string>>();
  const note = (user: string, type: string, fieldSet: string | undefined) => {
    if (fieldSet === undefined) return;
    for (const field of listCoordinates(graph, type, fieldSet))
      if (!ownersOfField(graph, field).includes(user))
        uses.set(field, (uses.get(field) ?? new Set()).add(user));
  };
  for (const { name, fields } of graph.types.values())
    for (const { leadsTo, parts } of fields.values())
      for (const { graph: user, requires, provides } of parts) {
        note(user, name, requires);
        note(user, leadsTo, provides);
      }
  return uses;
}

type UsedFields = Extract<OwnerNotice, { event: 'FIELDS_USED' }>['fields'];

/** The fields of each subgraph that others use in a release, and did not in the one before it. */
function findNewUses(
  releases: Pick<ReleaseStore, 'read'>,
  number: number,
): ReadonlyMap<string, UsedFields> {
  const found = new Map<string, UsedFields>();
  const { release } = releases.read(number);
  if (!release) return found;
  const graph = readComposedGraph(release.supergraphSdl);
  const before = number > 1 ? releases.read(number - 1).release : undefined;
  const known = before && listUses(readComposedGraph(before.supergraphSdl));
  for (const [field, users] of listUses(graph)) {
    const by = [...users].filter((user) => !known?.get(field)?.has(user)).toSorted();
    if (by.length === 0) continue;
    for (const owner of ownersOfField(graph, field)) {
      const fields = found.get(owner) ?? [];
      found.set(owner, fields);
      if (fields.length < mostListed) fields.push({ field, by });
    }
  }
  return found;
}

/** Makes the notices of one line of the log of administration, by the code of the organisation. */
export function makeNotices(
  {
    event,
    at,
    hash: id,
    details,
  }: Pick<chainedLines.ChainedLine, 'event' | 'at' | 'hash' | 'details'>,
  partners: readonly NotifiedOwner[],
  releases: Pick<ReleaseStore, 'read'>,
): ReadonlyMap<string, OwnerNotice> {
  const tell = (
    make: (owner: NotifiedOwner) => OwnerNotice | undefined,
  ): ReadonlyMap<string, OwnerNotice> =>
    new Map(
      partners.flatMap((owner) => {
        const notice = make(owner);
        return notice ? [[owner.code, notice]] : [];
      }),
    );
  switch (event) {
    case 'CONTRACT_PROPOSED': {
      // What one contract says is agreed by all.
      const { contract, proposal } = proposed.parse(details);
      return tell(() => ({ id, at, event, contract, proposal }));
    }
    case 'QUARANTINED': {
      const { partner, schemaVersion, reasons } = quarantined.parse(details);
      const listed = reasons.slice(0, mostListed).map(({ rule, place }) => ({ rule, place }));
      return tell(({ code }) =>
        code === partner ? { id, at, event, schemaVersion, reasons: listed } : undefined,
      );
    }
    case 'RELEASED':
    case 'ROLLED_BACK':
    case 'UNPINNED': {
      const { release } = released.parse(details);
      const uses = findNewUses(releases, release);
      return tell(({ subgraph }) => {
        const fields = uses.get(subgraph);
        return fields && { id, at, event: 'FIELDS_USED', release, fields };
      });
    }
    default:
      return new Map();
  }
}

/**
 * Makes the notices of what a partner says is overdue, by the code of the organisation. Each kind is
 * in one notice a day (in UTC), as long as it is overdue.
 */
export function makeOverdueNotices(
  { by, overdue }: SaidOverdue,
  { boxes }: Pick<StoredNotices, 'boxes'>,
  at: string,
): ReadonlyMap<string, OwnerNotice> {
  const found = new Map<string, OwnerNotice>();
  const day = at.slice(0, 10);
  for (const code of new Set(overdue.map(({ organisation }) => organisation))) {
    const sent = boxes[code]?.notices ?? [];
    const told = new Set(
      sent.flatMap((notice) =>
        notice.event === 'TASKS_OVERDUE' && notice.by === by && notice.at.startsWith(day)
          ? notice.tasks.map(({ kind }) => kind)
          : [],
      ),
    );
    const own = overdue.filter(
      ({ organisation, kind }) => organisation === code && !told.has(kind),
    );
    const counts = new Map(own.map(({ kind, countAtLeast }) => [kind, countAtLeast]));
    const tasks = [...counts].slice(0, mostListed);
    if (tasks.length === 0) continue;
    found.set(code, {
      id: digestOf(JSON.stringify([day, by, code, tasks])),
      at,
      event: 'TASKS_OVERDUE',
      by,
      tasks: tasks.map(([kind, countAtLeast]) => ({ kind, countAtLeast })),
    });
  }
  return found;
}
