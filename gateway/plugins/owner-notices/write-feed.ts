import { escapeHtml } from '../../server/escape-html.js';

import type { OwnerNotice, StoredNotices } from './notice-store.js';

/** Says what happened, in one sentence. */
function describe(notice: OwnerNotice): string {
  switch (notice.event) {
    case 'CONTRACT_PROPOSED':
      return `Proposal ${notice.proposal} would change the contract ${notice.contract}.`;
    case 'QUARANTINED': {
      const reasons = notice.reasons.map(({ rule, place }) => `${rule} at ${place}`);
      return `Your schema ${notice.schemaVersion} is in quarantine: ${reasons.join(', ')}.`;
    }
    case 'FIELDS_USED': {
      const uses = notice.fields.map(({ field, by }) => `${field} by ${by.join(' and ')}`);
      return `Release ${notice.release} uses fields of yours: ${uses.join(', ')}.`;
    }
    case 'TASKS_OVERDUE': {
      const tasks = notice.tasks.map(
        ({ kind, countAtLeast }) => `${kind}, at least ${countAtLeast}`,
      );
      return `Tasks of yours are overdue, as ${notice.by} says: ${tasks.join('; ')}.`;
    }
  }
}

const entryOf = (notice: OwnerNotice): string => `<entry>
<id>urn:hub:notice:${notice.id}</id>
<title>${notice.event}</title>
<updated>${notice.at}</updated>
<content type="text">${escapeHtml(describe(notice))}</content>
</entry>`;

/**
 * The Atom feed of one organisation (RFC 4287), the newest notice first.
 * @param stored undefined if there are no notices yet
 */
export function writeFeed(organisation: string, stored: StoredNotices | undefined): string {
  const notices = stored?.boxes[organisation]?.notices.toReversed() ?? [];
  const updated = notices[0]?.at ?? stored?.after.at ?? '1970-01-01T00:00:00Z';
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:hub:notices:${escapeHtml(organisation)}</id>
<title>Notices for ${escapeHtml(organisation)}</title>
<author><name>Cooperation Hub</name></author>
<updated>${updated}</updated>
${notices.map(entryOf).join('\n')}
</feed>
`;
}
