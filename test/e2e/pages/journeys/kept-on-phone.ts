/** In the browser: what the phone has kept of the journey, as JSON. */
export const readKept = () =>
  new Promise<string>((resolve) => {
    const opening = indexedDB.open('my-journey');
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => resolve('[]');
    opening.onsuccess = () => {
      const all = opening.result.transaction('copies').objectStore('copies').getAll();
      all.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify(all.result));
      };
    };
  });

/** In the browser: what the worker has cached, as paths. */
export async function readCached(): Promise<string[]> {
  const found: string[] = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found;
}

/**
 * In the browser: whether the worker serves the page. `navigator.serviceWorker.ready` would wait for
 * ever for one that fails.
 */
export const isWorkerReady = async (): Promise<boolean> =>
  (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated';
