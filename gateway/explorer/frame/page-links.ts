import type { WordKey } from '../words/language.ts';

/** The pages of the navigation, in its order. */
export const pageLinks: readonly { readonly href: string; readonly label: WordKey }[] = [
  { href: '/', label: 'frame.start' },
  { href: '/tasks', label: 'frame.tasks' },
  { href: '/programme', label: 'frame.programme' },
  { href: '/network', label: 'frame.network' },
  { href: '/explorer', label: 'frame.explorer' },
  { href: '/status', label: 'frame.status' },
];

/** A participant has a page of her own. */
export const journeyLink = { href: '/my-journey', label: 'journey.title' } as const;

/** Those who register people have a list of them. */
export const peopleLink = { href: '/people', label: 'frame.people' } as const;

/** Auditors read the record. */
export const recordLink = { href: '/record', label: 'frame.record' } as const;

/** What those come for who look something up, by name. */
export const lookLinks: typeof pageLinks = [
  { href: '/programme/statistics', label: 'programme.statistics' },
  { href: '/network/directory', label: 'start.directory' },
];

/** What each page is for. */
export const ways: Readonly<Record<string, WordKey>> = {
  '/explorer': 'start.toExplorer',
  '/network': 'start.toNetwork',
  '/programme': 'start.toProgramme',
  '/status': 'start.toStatus',
  '/programme/statistics': 'statistics.lead',
  '/network/directory': 'start.toDirectory',
};

/** The page of the navigation to which a path belongs: `/programme` for `/programme/visit`. */
export const pageLinkOf = (path: string) =>
  [...pageLinks, journeyLink, peopleLink, recordLink].find(
    ({ href }) => href === path || (href !== '/' && path.startsWith(`${href}/`)),
  );
