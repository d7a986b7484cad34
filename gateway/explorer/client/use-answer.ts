import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { token } from '../session/session.ts';
import { ask, type Answer } from './ask.ts';

/** A query of a page, while it is asked and after. */
export interface Asked<Data> {
  /** The last answer. It stays while the query is asked again. */
  readonly answer: Answer<Data> | undefined;
  readonly isLoading: boolean;
  readonly askAgain: () => void;
}

/**
 * Asks a query when the page opens, when its variables change, and when the reader signs in or out.
 * An older answer never replaces a newer one.
 */
export function useAnswer<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Asked<Data> {
  const answer = useSignal<Answer<Data> | undefined>(undefined);
  const isLoading = useSignal(true);
  const running = useRef<AbortController>(undefined);
  const key = JSON.stringify(variables);
  const send = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    isLoading.value = true;
    try {
      answer.value = await ask(document, variables, controller.signal);
      isLoading.value = false;
    } catch {
      // A newer question has replaced this one.
    }
  }, [document, key]);
  // What one reader may see is not shown to the next.
  useEffect(
    () =>
      token.subscribe(() => {
        answer.value = undefined;
        void send();
      }),
    [send],
  );
  useEffect(() => () => running.current?.abort(), []);
  return { answer: answer.value, isLoading: isLoading.value, askAgain: () => void send() };
}
