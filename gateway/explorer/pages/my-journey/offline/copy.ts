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
}

const withoutOthers = (group: JourneyGroup): JourneyGroup => ({ ...group, members: null });

/** Keeps a whole response for the time without a connection, in place of the one before. */
export async function keepJourney(
  { __typename, id, groups }: Me,
  preparation: Preparation | undefined,
): Promise<void> {
  const store = await openCopies('readwrite');
  const data: KeptJourney = {
    me: { __typename, id, groups: (groups ?? []).map(withoutOthers) } as KeptJourney['me'],
    formalities: preparation?.formalities ?? null,
  };
  const copy: Copy = { person: id, savedAt: Date.now(), data };
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
