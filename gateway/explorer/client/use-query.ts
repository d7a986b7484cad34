import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { reader } from '../session/session.ts';
import { sendOperation, type GraphResponse } from './send-operation.ts';

const early = { 'hub-deadline-ms': '3000' } as const;

const isLate = ({ completeness }: Completed): boolean =>
  Object.values(completeness?.partners ?? {}).some(({ status }) => status === 'TIMED_OUT');

type Completed = Pick<GraphResponse<unknown>, 'completeness'>;

/**
 * Reads first what comes within three seconds, so that a page can show it. If a partner was too slow,
 * reads again and waits for it.
 * @param read sends its operations with these headers
 */
export async function* readEarlyFirst<Response extends Completed>(
  read: (headers?: Readonly<Record<string, string>>) => Promise<Response>,
): AsyncGenerator<Response> {
  const first = await read(early);
  yield first;
  if (isLate(first)) yield await read();
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
 */
export function useQuery<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
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
      const read = (headers?: Readonly<Record<string, string>>) =>
        sendOperation(document, variables, signal, headers);
      for await (const one of readEarlyFirst(read)) response.value = one;
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
  useEffect(() => () => running.current?.abort(), []);
  return { response: response.value, isLoading: isLoading.value, refetch: () => void send() };
}
