import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import {
  sendOperation,
  type GraphError,
  type GraphResponse,
} from '../../../client/send-operation.ts';
import { readEarlyFirst, readWhenFree } from '../../../client/use-query.ts';
import { useWatch } from '../../../client/watch-missing.ts';
import type { ContactLevel, PageNetworkContactsQuery } from '../../../generated/graphql.ts';
import { reader } from '../../../session/session.ts';
import { contactsQuery } from '../operations.ts';
import { bases } from './filter.ts';
import { NetworkReader, type Network } from './network.ts';

type ContactsResponse = GraphResponse<PageNetworkContactsQuery>;

/** The network, while its pages are read and after. */
export interface LoadedContacts {
  /** Undefined until all pages are read. */
  readonly network: Network | undefined;
  readonly read: number;
  /** How many contacts there are; undefined until the first response. */
  readonly total: number | undefined;
  /** The responses of all pages as one. */
  readonly response: GraphResponse<unknown> | undefined;
}

/** The most that the graph gives at once. */
const pageSize = 1_000;
const nothingYet: LoadedContacts = {
  network: undefined,
  read: 0,
  total: undefined,
  response: undefined,
};

/** A visit that the reader may not see is shown as withheld where it would stand. */
const isWithheldVisit = ({ extensions, path }: GraphError): boolean =>
  extensions?.code === 'FORBIDDEN' && path?.at(-1) === 'visit';

/** Merges a page’s response with those before. A partner that was away once counts as away. */
function mergeResponses(
  before: GraphResponse<unknown> | undefined,
  response: ContactsResponse,
): GraphResponse<unknown> {
  const errors = response.errors.filter((error) => !isWithheldVisit(error));
  if (!before) return { ...response, errors };
  const away = Object.entries(before.completeness?.partners ?? {}).filter(
    ([, { status }]) => status !== 'ANSWERED',
  );
  const partners = { ...response.completeness?.partners, ...Object.fromEntries(away) };
  const complete = (before.completeness?.complete ?? false) && response.completeness?.complete;
  return {
    ...response,
    errors: [...before.errors, ...errors],
    completeness: { complete: complete ?? false, partners },
    ms: before.ms + response.ms,
  };
}

/** Reads all pages, and shows how far it is. */
async function readPages(
  sendPage: (after: string | null) => Promise<ContactsResponse>,
  show: (progress: LoadedContacts) => void,
): Promise<LoadedContacts & Pick<ContactsResponse, 'completeness'>> {
  const reader = new NetworkReader();
  let response: GraphResponse<unknown> | undefined;
  let after: string | null = null;
  let read = 0;
  for (;;) {
    const page = await sendPage(after);
    response = mergeResponses(response, page);
    const { completeness } = response;
    const contacts = page.data?.contacts;
    reader.add(contacts?.nodes ?? []);
    read += contacts?.nodes.length ?? 0;
    if (!contacts?.pageInfo.hasNextPage)
      return { network: reader.read(), read, total: read, response, completeness };
    after = contacts.pageInfo.endCursor;
    show({ network: undefined, read, total: contacts.totalCount, response });
  }
}

/** Reads all contacts at a level, page by page; again when the reader signs in or out. */
export function useContacts(
  level: ContactLevel,
  rehearsals: boolean,
  memberships: boolean,
): LoadedContacts & { refetch: () => void } {
  const loaded = useSignal(nothingYet);
  const running = useRef<AbortController>(undefined);
  const load = useCallback(
    async (keepsShown = false) => {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      if (!keepsShown) loaded.value = nothingYet;
      const variables = {
        level,
        rehearsals,
        via: memberships ? [...bases] : null,
        first: pageSize,
        readsVisits: reader.peek() !== undefined,
      };
      const readAll = (headers?: Readonly<Record<string, string>>) =>
        readPages(
          (after) =>
            readWhenFree(
              (given) => sendOperation(contactsQuery, { ...variables, after }, signal, given),
              headers,
            ),
          (progress) => {
            if (!loaded.value.network) loaded.value = progress;
          },
        );
      try {
        for await (const all of readEarlyFirst(readAll, true)) loaded.value = all;
      } catch (error) {
        // A newer operation has replaced this one.
        if (!signal.aborted) throw error;
      }
    },
    [level, rehearsals, memberships],
  );
  // What one reader may see is not shown to the next.
  useEffect(() => reader.subscribe(() => void load()), [load]);
  useEffect(() => () => running.current?.abort(), []);
  const { network, response } = loaded.value;
  useWatch(network && response?.completeness, () => void load(true));
  return { ...loaded.value, refetch: () => void load() };
}
