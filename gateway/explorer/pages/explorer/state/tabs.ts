import { computed, effect, signal } from '@preact/signals';
import { hasTexts, keep, readKept } from './kept.ts';
import { nameOf } from './operations.ts';

/** One operation that the reader works on. */
export interface Tab {
  readonly id: string;
  readonly query: string;
  /** JSON, or nothing. */
  readonly variables: string;
  /** Which operation of the document runs. @default the first */
  readonly operationName?: string | undefined;
  /** It came with a link, and the reader has not run it yet. */
  readonly isLinked?: boolean;
}

const storageKey = 'hub-explorer-tabs';

const starter = `query WhoAnswers {
  partners {
    code
    name
    status
  }
}
`;

const isTab = (value: unknown): value is Tab => hasTexts(value, 'id', 'query', 'variables');

const createTab = (query = starter, variables = ''): Tab => ({
  id: crypto.randomUUID?.() ?? String(performance.now() + Math.random()),
  query,
  variables,
});

const kept = readKept(storageKey, isTab);

/** All tabs. This browser keeps them: operations and variables, never tokens or results. */
export const tabs = signal<readonly Tab[]>(kept.length > 0 ? kept : [createTab()]);
const openId = signal(tabs.peek()[0]?.id);

/** The tab that is shown. */
export const openTab = computed<Tab>(() => {
  const [first] = tabs.value;
  const found = tabs.value.find(({ id }) => id === openId.value) ?? first;
  if (!found) throw new Error('There is always a tab.');
  return found;
});

effect(() => keep(storageKey, tabs.value));

export function showTab(id: string): void {
  openId.value = id;
}

/** Opens an operation in a tab: in one that has it already, else in a new one. */
export function openInTab(query?: string, variables = '', isLinked = false): void {
  const known = tabs.value.find((tab) => tab.query === query && tab.variables === variables);
  const tab = known ?? { ...createTab(query, variables), isLinked };
  if (!known) tabs.value = [...tabs.value, tab];
  openId.value = tab.id;
}

/** Changes the tab that is shown. */
export function changeTab(change: Partial<Omit<Tab, 'id'>>): void {
  const { id } = openTab.peek();
  tabs.value = tabs.value.map((tab) => (tab.id === id ? { ...tab, ...change } : tab));
}

/** Closes a tab. In place of the last one, a new one opens. */
export function closeTab(closed: string): void {
  const index = tabs.value.findIndex(({ id }) => id === closed);
  const others = tabs.value.filter(({ id }) => id !== closed);
  tabs.value = others.length > 0 ? others : [createTab()];
  if (openId.value === closed) openId.value = tabs.value[Math.max(0, index - 1)]?.id;
}

/** What a tab is called: the name of its first operation, if it has one. */
export const nameOfTab = ({ query, operationName }: Tab): string | undefined =>
  operationName ?? nameOf(query);
