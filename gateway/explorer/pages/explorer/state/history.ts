import { effect, signal } from '@preact/signals';
import { hasTexts, keep, readKept } from './kept.ts';
import { isMutation } from './operations.ts';

/** An operation that the reader ran. */
export interface PastOperation {
  readonly query: string;
  readonly variables: string;
  /** When, as an ISO text. */
  readonly at: string;
}

const storageKey = 'hub-explorer-history';
const most = 50;

const isPast = (value: unknown): value is PastOperation =>
  hasTexts(value, 'query', 'variables', 'at');

/** The last operations, the newest first. This browser keeps them, without results. */
export const history = signal<readonly PastOperation[]>(readKept(storageKey, isPast));

effect(() => keep(storageKey, history.value));

/**
 * Adds an operation. A mutation’s variables are what is written: names, addresses. They are not kept.
 * One that was run before moves to the top.
 */
export function addToHistory(query: string, given: string): void {
  const variables = isMutation(query) ? '' : given;
  const others = history.value.filter(
    (past) => past.query !== query || past.variables !== variables,
  );
  const now = { query, variables, at: new Date().toISOString() };
  history.value = [now, ...others].slice(0, most);
}

export function clearHistory(): void {
  history.value = [];
}
