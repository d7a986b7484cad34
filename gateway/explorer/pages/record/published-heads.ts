const path = '/.well-known/hub-heads.jsonl';
/** How many lines the hub sends at a time. */
const pageLines = 1_000;

/** All lines of the published file of heads. Undefined if the hub publishes none, null if it cannot be reached. */
export async function readPublished(): Promise<string | undefined | null> {
  let file = '';
  for (let from = 1; ; from += pageLines) {
    const response = await fetch(`${path}?from=${from}`).catch(() => undefined);
    if (response?.status === 404) return undefined;
    if (!response?.ok) return null;
    const part = await response.text();
    file += part;
    if (part.split('\n').length <= pageLines) return file;
  }
}

/** Browsers verify signatures only where nobody can change the page on its way. */
export const canVerify = (): boolean => globalThis.crypto?.subtle !== undefined;
