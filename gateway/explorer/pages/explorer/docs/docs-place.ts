import { signal } from '@preact/signals';
import { openPanel } from '../state/panel.ts';

/** A page of the docs: all types, one type, or one field of it. */
export interface DocsPlace {
  readonly type?: string | undefined;
  readonly field?: string | undefined;
}

/** Where the reader has been in the docs; the last one is shown. */
export const docsPlaces = signal<readonly DocsPlace[]>([{}]);
export const docsSearch = signal('');

export function showInDocs(place: DocsPlace): void {
  docsSearch.value = '';
  docsPlaces.value = [...docsPlaces.value, place];
  openPanel.value = 'docs';
}

export function goBackInDocs(): void {
  if (docsPlaces.value.length > 1) docsPlaces.value = docsPlaces.value.slice(0, -1);
}

/** Shows what the editor names: a field of a type, or a type. */
export function showCoordinate(field?: string, type?: string, parent?: string): void {
  if (field && parent) showInDocs({ type: bareName(parent), field });
  else if (type) showInDocs({ type: bareName(type) });
}

/** The name of a type without `[`, `]` and `!`. */
const bareName = (type: string): string => type.replaceAll(/[[\]!]/g, '');
