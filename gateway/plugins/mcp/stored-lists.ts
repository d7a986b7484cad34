import { LRUCache } from 'lru-cache';
import { randomUUID } from 'node:crypto';

/** One list for each form of request: versions of the protocol, and programs, differ. */
const most = { forms: 20, formLength: 2_000 } as const;

interface Sent {
  readonly status: number;
  readonly type: string | null;
  readonly body: Buffer;
}

/** A response without the id of its request. */
type StoredList = Omit<Sent, 'body'> & { readonly parts: readonly string[] };

interface Listing {
  readonly headers: Readonly<Record<string, string>>;
  /** One message. */
  readonly body: unknown;
}

/**
 * Stores the responses to requests for the list of tools, which are the same for everybody but for the
 * id of the request.
 */
export function createStoredLists() {
  const lists = new LRUCache<string, StoredList>({ max: most.forms });

  /** `isFree` unless the response was made, and one of others was forgotten for it. */
  return async (
    { headers, body }: Listing,
    respond: (body: unknown) => Promise<Sent>,
  ): Promise<Sent & { readonly isFree: boolean }> => {
    const { id, ...rest } = body as { readonly id?: unknown };
    const form = JSON.stringify([headers, rest]);
    const isPlain = typeof id === 'string' || Number.isSafeInteger(id);
    if (!isPlain || form.length > most.formLength)
      return { ...(await respond(body)), isFree: false };
    const fill = ({ parts, ...list }: StoredList): Sent => ({
      ...list,
      body: Buffer.from(parts.join(JSON.stringify(id))),
    });
    const known = lists.get(form);
    if (known) return { ...fill(known), isFree: true };
    const mark = randomUUID();
    const { status, type, body: made } = await respond({ ...rest, id: mark });
    const list = { status, type, parts: made.toString('utf8').split(JSON.stringify(mark)) };
    const isFree = lists.size < most.forms;
    if (status !== 200 || list.parts.length !== 2) return { ...fill(list), isFree: false };
    lists.set(form, list);
    return { ...fill(list), isFree };
  };
}
