import { effect } from '@preact/signals';
import { reader } from '../../session/session.ts';
import type { Entries, Values } from './input-field.ts';

/** Pages of before kept drafts in another form, under `hub-draft `. */
const start = 'hub-typed ';

/** Whose drafts these are. Another person in the same tab never sees them. */
const keyOf = (form: string): string => `${start}${reader.peek()} ${form}`;

/** What was typed into a form, and the record as the form showed it then. */
export interface Draft {
  readonly entries: Entries;
  /** Without it, the form shows no record. */
  readonly base?: Values | undefined;
}

/** What was typed into a form before, in this tab. */
export function readDraft(form: string): Draft | undefined {
  const text = sessionStorage.getItem(keyOf(form));
  if (text === null) return undefined;
  const { entries, base } = JSON.parse(text) as {
    entries: [string, readonly string[]][];
    base?: Values;
  };
  return { entries: new Map(entries), base };
}

/** Keeps what is typed until it is sent or thrown away. */
export function keepDraft(form: string, { entries, base }: Draft): void {
  sessionStorage.setItem(keyOf(form), JSON.stringify({ entries: [...entries], base }));
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
