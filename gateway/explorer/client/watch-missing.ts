import { useEffect, useRef } from 'preact/hooks';
import { graphql } from '../generated/gql.ts';
import { sendOperation, type Completeness, type PartnerStatus } from './send-operation.ts';

/** Needs no right, calls no partner, and is not recorded: the hub knows it from its own checks. */
const whoAnswersQuery = graphql(`
  query PageWhoAnswers {
    partners {
      code
      status
    }
  }
`);

/** What ends by itself. A partner that the network has shut out comes back by an act of people. */
const passing = new Set<PartnerStatus>(['UNAVAILABLE', 'TIMED_OUT', 'STALE', 'MAINTENANCE']);

/** The partners whose part may come, if it is asked for again. */
const findAway = (completeness: Completeness | undefined): readonly string[] =>
  Object.entries(completeness?.partners ?? {})
    .filter(([, { status }]) => passing.has(status))
    .map(([code]) => code)
    .toSorted();

interface Watch {
  readonly partners: readonly string[];
  readonly refetch: () => void;
  waitMs: number;
  dueAt: number;
}

const firstWaitMs = 10_000;
/** Someone who answers others, but not this query, is asked ever less often. */
const longestWaitMs = 300_000;

const watches = new Set<Watch>();
let timer: ReturnType<typeof setInterval> | undefined;

async function look(): Promise<void> {
  const now = Date.now();
  const due = [...watches].filter(({ dueAt }) => dueAt <= now);
  if (document.hidden || due.length === 0) return;
  const { data } = await sendOperation(whoAnswersQuery, {});
  const back = new Set(
    data?.partners
      ?.filter(({ status }) => status === 'ANSWERING' || status === 'DEGRADED')
      .map(({ code }) => code),
  );
  for (const watch of due) {
    if (!watches.has(watch) || !watch.partners.some((code) => back.has(code))) continue;
    watch.waitMs = Math.min(2 * watch.waitMs, longestWaitMs);
    watch.dueAt = now + watch.waitMs;
    watch.refetch();
  }
}

function watchMissing(partners: readonly string[], refetch: () => void): () => void {
  const dueAt = Date.now() + firstWaitMs;
  const watch: Watch = { partners, refetch, waitMs: firstWaitMs, dueAt };
  watches.add(watch);
  timer ??= setInterval(() => void look(), firstWaitMs);
  return () => {
    watches.delete(watch);
    if (watches.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * Sends a query again by itself once one of the partners that it lacks answers the hub. Meanwhile
 * only the hub is asked, and nobody while the page is hidden.
 * @param completeness of what is shown
 */
export function useWatch(completeness: Completeness | undefined, refetch: () => void): void {
  const newest = useRef(refetch);
  newest.current = refetch;
  const away = findAway(completeness).join(' ');
  useEffect(
    () => (away ? watchMissing(away.split(' '), () => newest.current()) : undefined),
    [away],
  );
}
