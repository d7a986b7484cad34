import { escapeHtml } from './escape-html.js';

interface AtomEntry {
  /** An IRI. */
  readonly id: string;
  readonly title: string;
  /** An instant. */
  readonly updated: string;
  readonly content: string;
}

interface AtomFeed extends Pick<AtomEntry, 'id' | 'title'> {
  /** If there are no entries. @default the newest entry’s */
  readonly updated?: string | undefined;
  /** The newest first. */
  readonly entries: readonly AtomEntry[];
}

const writeEntry = ({ id, title, updated, content }: AtomEntry): string => `<entry>
<id>${escapeHtml(id)}</id>
<title>${escapeHtml(title)}</title>
<updated>${escapeHtml(updated)}</updated>
<content type="text">${escapeHtml(content)}</content>
</entry>`;

/** A feed by RFC 4287. */
export function writeAtom({ id, title, entries, updated }: AtomFeed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escapeHtml(id)}</id>
<title>${escapeHtml(title)}</title>
<author><name>Cooperation Hub</name></author>
<updated>${escapeHtml(entries[0]?.updated ?? updated ?? '1970-01-01T00:00:00Z')}</updated>
${entries.map(writeEntry).join('\n')}
</feed>
`;
}
