import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { reader } from '../session/session.ts';
import { offerAgain, refused, show, waitFor } from './awaited.ts';
import { sendOperation, type GraphResponse, type PartnerStatus } from './send-operation.ts';
import { useWatch } from './watch-missing.ts';

type Completed = Pick<GraphResponse<unknown>, 'completeness' | 'awaited'> &
  Partial<Pick<GraphResponse<unknown>, 'data' | 'errors'>>;

/** Whether a response has nothing to show: all of it is still to come. */
const isEmpty = ({ data }: Completed): boolean =>
  typeof data === 'object' && Object.values(data ?? {}).every((value) => value === null);

const findPartners = (
  { completeness }: Completed,
  isWanted: (status: PartnerStatus) => boolean,
): readonly string[] =>
  Object.entries(completeness?.partners ?? {})
    .filter(([, { status }]) => isWanted(status))
    .map(([code]) => code);

const isBusy = ({ extensions }: GraphResponse<unknown>['errors'][number]): boolean =>
  extensions?.code === 'OVERLOADED';

type ReadHeaders = Readonly<Record<string, string>>;

/** How often a page reads what the hub was too busy for. */
const most = 5;

/**
 * Reads again by itself what the hub refused because it was too busy, each time after what the hub
 * says and longer than before. What came in part is shown: nobody waits for the rest of it here.
 * Early responses leave the hub and partners little time, so the next ones have all.
 * @param read sends its operations with these headers
 */
export async function readWhenFree<
  Response extends Pick<GraphResponse<unknown>, 'data' | 'errors'>,
>(read: (headers?: ReadHeaders) => Promise<Response>, headers?: ReadHeaders): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await read(tries === 1 ? headers : undefined);
    const busy = response.errors.find(isBusy);
    if (!busy || response.data !== null || tries === most) return response;
    const seconds = tries * (busy.extensions?.retryAfter ?? 1);
    refused.value += 1;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    refused.value -= 1;
  }
}

/** After these times a page shows what has come, in milliseconds. */
const stages = [1000, 3000] as const;

/** Partners have less time than the page gives, and their own requests to the hub less than that. */
const leastWait = 0.5;

/**
 * Reads first what comes within a second, so that a page can show it. While a partner is too slow,
 * reads again and waits longer. What the hub was too busy for is read again too. Nobody waits for a
 * partner that is down, nor for one that is too late at once: it is known to hang.
 * @param read sends its operations with these headers
 * @param isInOrder whether what comes later would stand in between, and push it away: then nothing is
 *   shown of the first second unless it is whole. @default false
 */
export async function* readEarlyFirst<Response extends Completed>(
  read: (headers?: ReadHeaders) => Promise<Response>,
  isInOrder = false,
): AsyncGenerator<Response> {
  const query = {};
  try {
    for (const ms of stages) {
      const started = performance.now();
      const one = await read({ 'hub-deadline-ms': String(ms) });
      const waited = (performance.now() - started) / ms;
      const late = waited >= leastWait ? findPartners(one, (status) => status === 'TIMED_OUT') : [];
      waitFor(query, late);
      const isHeld = isEmpty(one) || (isInOrder && ms === stages[0]);
      if (late.length === 0) yield one;
      else if (!isHeld) yield { ...one, awaited: late };
      if (late.length === 0 && !one.errors?.some(isBusy)) return;
    }
    const whole = await read();
    waitFor(query, []);
    yield whole;
  } finally {
    waitFor(query, []);
  }
}

const findMissing = (response: Completed) =>
  findPartners(response, (status) => status !== 'ANSWERED');

/** Reads the whole again. What is shown stays meanwhile, and says for whom the page waits. */
async function* readAgain<Response extends Completed>(
  shown: Response,
  read: () => Promise<Response>,
): AsyncGenerator<Response> {
  const query = {};
  const missing = findMissing(shown);
  waitFor(query, missing);
  try {
    if (missing.length > 0) yield { ...shown, awaited: missing };
    const whole = await read();
    waitFor(query, []);
    yield whole;
  } finally {
    waitFor(query, []);
  }
}

/** What has come stays if the next response has nothing, because the hub is busy for example. */
function keepShown<Data>(
  shown: GraphResponse<Data> | undefined,
  next: GraphResponse<Data>,
): GraphResponse<Data> {
  if (next.data !== null || !shown?.data) return next;
  const { awaited: _, ...kept } = shown;
  return { ...kept, errors: [...kept.errors, ...next.errors] };
}

/** A query of a page, while it runs and after. */
export interface QueryState<Data> {
  /** The last response. It stays while the query is sent again. */
  readonly response: GraphResponse<Data> | undefined;
  readonly isLoading: boolean;
  readonly refetch: () => void;
}

/**
 * Sends a query when the page opens, when its variables change, and when the reader signs in or out.
 * An older response never replaces a newer one.
 * @param isInOrder as of `readEarlyFirst`. @default false
 */
export function useQuery<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  isInOrder = false,
): QueryState<Data> {
  const response = useSignal<GraphResponse<Data> | undefined>(undefined);
  const isLoading = useSignal(true);
  const running = useRef<AbortController>(undefined);
  const key = JSON.stringify(variables);
  const send = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    isLoading.value = true;
    try {
      const { signal } = controller;
      const send = (headers?: ReadHeaders) => sendOperation(document, variables, signal, headers);
      const read = (headers?: ReadHeaders) => readWhenFree(send, headers);
      const shown = response.peek();
      const again =
        shown && !shown.awaited ? readAgain(shown, read) : readEarlyFirst(read, isInOrder);
      for await (const one of again) response.value = keepShown(response.peek(), one);
      isLoading.value = false;
    } catch {
      // A newer operation has replaced this one.
    }
  }, [document, key]);
  // What one reader may see is not shown to the next.
  useEffect(
    () =>
      reader.subscribe(() => {
        response.value = undefined;
        void send();
      }),
    [send],
  );
  useEffect(() => show(() => void send()), [send]);
  useEffect(() => () => running.current?.abort(), []);
  const lacks = response.value !== undefined && findMissing(response.value).length > 0;
  useEffect(() => (lacks ? offerAgain(() => void send()) : undefined), [lacks, send]);
  useWatch(response.value?.completeness, () => isLoading.peek() || void send());
  return { response: response.value, isLoading: isLoading.value, refetch: () => void send() };
}
