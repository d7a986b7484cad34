import type { Completeness } from '../../../client/send-operation.ts';
import { openCopies } from '../../../session/journey-copy.ts';
import type {
  JourneyGroup,
  JourneyStop,
  JourneyVisit,
  Me,
  Preparation,
} from '../my-journey-query.ts';

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

const isReadable = ({ savedAt }: Copy, now: number): boolean => now - savedAt < longestMs;

/** The kept records, each changed by the same one as it was just read. */
const changeEach = <One extends { readonly id: string }>(
  kept: readonly One[] | null,
  read: readonly One[] | null,
  change: (one: One, asRead: One) => One,
): One[] | null =>
  kept &&
  kept.map((one) => {
    const asRead = read?.find(({ id }) => id === one.id);
    return asRead ? change(one, asRead) : one;
  });

const callOffStop = (kept: JourneyStop, { status, statusReason }: JourneyStop): JourneyStop =>
  status === 'CALLED_OFF' ? { ...kept, status, statusReason } : kept;

const callOffVisit = (kept: JourneyVisit, read: JourneyVisit): JourneyVisit => ({
  ...kept,
  cancelledOn: read.cancelledOn ?? kept.cancelledOn,
  cancelReason: read.cancelReason ?? kept.cancelReason,
  stops: changeEach(kept.stops, read.stops, callOffStop),
});

/** Nothing of the journey of a cancelled group stays. */
const callOffGroup = (kept: JourneyGroup, read: JourneyGroup): JourneyGroup =>
  read.cancelledOn === null
    ? { ...kept, visits: changeEach(kept.visits, read.visits, callOffVisit) }
    : read;

/**
 * What a phone keeps once it has read the journey again. An incomplete one does not replace a whole one
 * that can still be read: that is older, and all of it. It only learns what was called off.
 */
export function renewCopy(kept: Copy | undefined, read: Copy): Copy {
  const isWhole = ({ completeness }: Copy): boolean => completeness?.complete !== false;
  if (isWhole(read) || kept?.person !== read.person) return read;
  if (!isReadable(kept, read.savedAt) || !isWhole(kept)) return read;
  const groups = changeEach(kept.data.me.groups, read.data.me.groups, callOffGroup) ?? [];
  return { ...kept, data: { ...kept.data, me: { ...kept.data.me, groups } } };
}

/** Keeps a response for the time without a connection. */
export async function keepJourney(
  { __typename, id, groups }: Me,
  preparation: Preparation | undefined,
  completeness: Completeness,
): Promise<void> {
  const data: KeptJourney = {
    me: { __typename, id, groups: (groups ?? []).map(withoutOthers) } as KeptJourney['me'],
    formalities: preparation?.formalities ?? null,
  };
  const copy: Copy = { person: id, savedAt: Date.now(), data, completeness };
  const kept = await read<Copy>('journey');
  (await openCopies('readwrite'))?.put(renewCopy(kept, copy), 'journey');
}

/**
 * The kept journey, unless it is too old: then it goes. What she has written stays, and whose it is:
 * it goes with the sign-in of somebody else.
 */
export async function readJourney(): Promise<Copy | undefined> {
  const copy = await read<Copy>('journey');
  if (!copy || isReadable(copy, Date.now())) return copy;
  (await openCopies('readwrite'))?.put({ person: copy.person, savedAt: 0 }, 'journey');
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
