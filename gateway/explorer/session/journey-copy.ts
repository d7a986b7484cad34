import { token } from './session.ts';

const name = 'my-journey';
const store = 'copies';
/** That somebody who travels has signed in here, and nothing about her. */
const signedInKey = 'hub-journey';

export const hasTravelled = (): boolean => localStorage.getItem(signedInKey) !== null;

/** Opens what this browser keeps of a journey. Undefined where it keeps nothing, as in a private window. */
export function openCopies(mode: IDBTransactionMode): Promise<IDBObjectStore | undefined> {
  return new Promise((resolve) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store);
    opening.onerror = () => resolve(undefined);
    opening.onsuccess = () => {
      const database = opening.result;
      // Another tab removes it: this one must not hold it.
      database.onversionchange = () => database.close();
      resolve(database.transaction(store, mode).objectStore(store));
    };
  });
}

/** Removes all that this browser keeps of a journey. */
export const removeCopy = (): Promise<void> =>
  new Promise((resolve) => {
    localStorage.removeItem(signedInKey);
    const removing = indexedDB.deleteDatabase(name);
    removing.onsuccess = removing.onerror = removing.onblocked = () => resolve();
  });

/** The person whose records a token opens, if she is a participant. */
const personIn = (text: string | undefined): unknown => {
  try {
    const part = (text?.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(part)) as Record<string, unknown>)['person'];
  } catch {
    return undefined;
  }
};

/** Nothing of a journey outlives the sign-out, or the sign-in of somebody else in this browser. */
export function guardCopy(): void {
  let before: string | undefined;
  token.subscribe((now) => {
    const [last, next] = [before, now].map(personIn);
    before = now;
    if (next !== undefined) localStorage.setItem(signedInKey, '');
    if (now !== undefined) void removeCopyOfOthers(next);
    else if (last !== undefined) void removeCopy();
  });
}

async function removeCopyOfOthers(person: unknown): Promise<void> {
  const request = (await openCopies('readonly'))?.get('journey');
  if (!request) return;
  request.onsuccess = () => {
    const copy = request.result as { readonly person: string } | undefined;
    if (copy && copy.person !== person) void removeCopy();
  };
}
