const key = 'hub-loaded-anew';
/** A document that cannot be shown is not loaded again and again. */
const leastMs = 15_000;

const read = async (path: string): Promise<Response | undefined> => {
  const response = await fetch(path, { cache: 'no-store' }).catch(() => undefined);
  return response?.ok ? response : undefined;
};

/** Whether the hub has the document now, and the first file that it names. */
async function isServed(): Promise<boolean> {
  const document = await (await read('/'))?.text();
  const [, file] = /<script type="module"[^>]* src="([^"]+)"/.exec(document ?? '') ?? [];
  return file !== undefined && (await read(file)) !== undefined;
}

/**
 * Loads the document anew, once the hub has it: browsers remember of a file of a page that it did not come, and
 * an updated hub has others. The address and what was typed stay.
 * @returns false if it would not help
 */
export async function loadAnew(): Promise<boolean> {
  const last = Number(sessionStorage.getItem(key));
  if (Date.now() - last < leastMs || !(await isServed())) return false;
  sessionStorage.setItem(key, String(Date.now()));
  location.reload();
  return true;
}
