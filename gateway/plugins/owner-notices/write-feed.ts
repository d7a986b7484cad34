import { writeAtom } from '../../server/write-atom.js';
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

/**
 * The Atom feed of one organisation, the newest notice first.
 * @param stored undefined if there are no notices yet
 */
export const writeFeed = (organisation: string, stored: StoredNotices | undefined): string =>
  writeAtom({
    id: `urn:hub:notices:${organisation}`,
    title: `Notices for ${organisation}`,
    updated: stored?.after.at,
    entries: (stored?.boxes[organisation]?.notices.toReversed() ?? []).map((notice) => ({
      id: `urn:hub:notice:${notice.id}`,
      title: notice.event,
      updated: notice.at,
      content: describe(notice),
    })),
  });
