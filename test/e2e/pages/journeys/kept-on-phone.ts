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
