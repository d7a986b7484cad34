import { effect } from '@preact/signals';
import { reader } from '../../session/session.ts';
import type { Entries } from './input-field.ts';

const start = 'hub-draft ';

/** Whose drafts these are. Another person in the same tab never sees them. */
const keyOf = (form: string): string => `${start}${reader.peek()} ${form}`;

/** What was typed into a form before, in this tab. */
export function readDraft(form: string): Entries | undefined {
  const text = sessionStorage.getItem(keyOf(form));
  return text === null ? undefined : new Map(JSON.parse(text) as [string, readonly string[]][]);
}

/** Keeps what is typed until it is sent or thrown away. */
export function keepDraft(form: string, entries: Entries): void {
  sessionStorage.setItem(keyOf(form), JSON.stringify([...entries]));
}

export function dropDraft(form: string): void {
  sessionStorage.removeItem(keyOf(form));
}

/** Nothing stays for the next person: signing in as somebody else throws the drafts of others away. */
effect(() => {
  if (reader.value === undefined) return;
  const own = keyOf('');
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(start) && !key.startsWith(own)) sessionStorage.removeItem(key);
});
