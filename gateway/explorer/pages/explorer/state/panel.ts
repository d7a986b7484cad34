import { signal } from '@preact/signals';

export const panels = ['fields', 'examples', 'docs', 'history', 'help'] as const;
export type Panel = (typeof panels)[number];

/** Where there is room beside the editor, a newcomer sees the examples at once. */
const hasRoom = matchMedia('(min-width: 64rem)').matches;

export const openPanel = signal<Panel | undefined>(hasRoom ? 'examples' : undefined);
