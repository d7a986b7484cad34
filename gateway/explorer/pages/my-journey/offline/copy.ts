import type { Completeness } from '../../../client/send-operation.ts';
import { openCopies, removeCopy } from '../../../session/journey-copy.ts';
import type { JourneyGroup, Me, Preparation } from '../my-journey-query.ts';

/** How long a journey stays readable without a connection. */
const longestMs = 72 * 3_600_000;

/** What a phone keeps of a journey: nothing of other people, and nothing that she has written. */
interface KeptJourney {
  readonly me: Pick<Me, '__typename' | 'id'> & { readonly groups: readonly JourneyGroup[] };
  readonly formalities: Preparation['formalities'];
}

interface Copy {
  readonly person: string;
  readonly savedAt: number;
  readonly data: KeptJourney;
  /** Whose part is missing. Copies of earlier pages were complete. */
  readonly completeness?: Completeness;
}

const withoutOthers = (group: JourneyGroup): JourneyGroup => ({ ...group, members: null });

/**
 * Keeps a response for the time without a connection, in place of the one before. An incomplete one
 * does not replace what is kept already: that is older, and all of it.
 */
export async function keepJourney(
  { __typename, id, groups }: Me,
  preparation: Preparation | undefined,
  completeness: Completeness,
): Promise<void> {
  if (!completeness.complete && (await readJourney())?.person === id) return;
  const store = await openCopies('readwrite');
  const data: KeptJourney = {
    me: { __typename, id, groups: (groups ?? []).map(withoutOthers) } as KeptJourney['me'],
    formalities: preparation?.formalities ?? null,
  };
  const copy: Copy = { person: id, savedAt: Date.now(), data, completeness };
  store?.put(copy, 'journey');
}

/** The kept journey, unless it is too old: then it goes. */
export async function readJourney(): Promise<Copy | undefined> {
  const copy = await read<Copy>('journey');
  if (!copy || Date.now() - copy.savedAt < longestMs) return copy;
  await removeCopy();
  return undefined;
}

/** Keeps a report that is not handed in yet, for its visit. */
export async function keepDraft(visit: string, text: string): Promise<void> {
  const store = await openCopies('readwrite');
  if (text === '') store?.delete(`report ${visit}`);
  else store?.put(text, `report ${visit}`);
}

export const readDraft = async (visit: string): Promise<string> =>
  (await read<string>(`report ${visit}`)) ?? '';

async function read<Value>(key: string): Promise<Value | undefined> {
  const request = (await openCopies('readonly'))?.get(key);
  if (!request) return undefined;
  return new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result as Value | undefined);
    request.onerror = () => resolve(undefined);
  });
}
