import { person } from './session.ts';

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

/** Nothing of a journey outlives the sign-out, or the sign-in of somebody else in this browser. */
export function guardCopy(): void {
  let last: string | undefined;
  person.subscribe((now) => {
    const next = now?.person;
    if (next !== undefined) localStorage.setItem(signedInKey, '');
    if (now !== undefined) void removeCopyOfOthers(next);
    else if (last !== undefined) void removeCopy();
    last = next;
  });
}

async function removeCopyOfOthers(own: string | undefined): Promise<void> {
  const request = (await openCopies('readonly'))?.get('journey');
  if (!request) return;
  request.onsuccess = () => {
    const copy = request.result as { readonly person: string } | undefined;
    if (copy && copy.person !== own) void removeCopy();
  };
}
