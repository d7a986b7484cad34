import type { AskHub } from '../../policy/context/ask-hub.js';
import { removalName } from './removal.js';

/** What a partner has to know before it removes its own part of rehearsals. */
interface RemovedRehearsals {
  /** The ids of the records that the network has removed: programmes, groups, visits, stops. */
  readonly ids: readonly string[];
  /** Whether the network has other rehearsals, which may use any invented record. */
  readonly areOthersLeft: boolean;
}

interface ChangePage {
  readonly nodes: readonly { readonly mutation: string; readonly subject: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const pageQuery = `query RemovedRehearsals($after: String) {
  networkChanges(first: 1000, after: $after) {
    nodes { mutation subject }
    pageInfo { hasNextPage endCursor }
  }
}`;

/**
 * Asks the network what its own command has removed, by its record of changes. A record that is only
 * missing does not count: the network may have been restored from an older back-up.
 * @throws HubError `PARTNER_…` while the network is unavailable
 */
export async function askRemoved({
  askHub,
}: {
  readonly askHub: AskHub;
}): Promise<RemovedRehearsals> {
  const { programmes } = await askHub('query RehearsalsLeft { programmes { id isRehearsal } }');
  const left = programmes as readonly { readonly isRehearsal: boolean }[];
  const ids = new Set<string>();
  let after: string | null = null;
  do {
    const answer = await askHub(pageQuery, { after });
    const { nodes, pageInfo } = answer['networkChanges'] as ChangePage;
    for (const { mutation, subject } of nodes) if (mutation === removalName) ids.add(subject);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return { ids: [...ids], areOthersLeft: left.some(({ isRehearsal }) => isRehearsal) };
}
