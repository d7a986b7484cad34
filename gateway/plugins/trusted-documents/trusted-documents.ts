import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import { digestOf, type Logger } from '@hub/shared/system';
import {
  noTrust,
  type Application,
  type Trust,
  type TrustMode,
} from '../../server/applications.js';

/** What of a request is looked up. */
interface Sent {
  readonly query?: string;
  readonly operationName?: string;
  readonly extensions?: { readonly persistedQuery: { readonly sha256Hash: string } };
}

interface Context {
  readonly requestId: string;
  readonly reader: Reader;
}

/**
 * Replaces the id of a trusted document by its text, and decides about other texts.
 * @throws HubError `DOCUMENT_NOT_TRUSTED`
 */
export type ResolveDocument = <Parameters extends Sent>(
  parameters: Parameters,
  context: Context,
) => Parameters;

/**
 * Knows the operations that applications have written down.
 * @param own the hub’s own applications, which are trusted in every mode
 */
export function createTrustedDocuments(
  { applications, modes }: Trust = noTrust,
  own: readonly Application[],
  logger: Logger,
): ResolveDocument {
  const byHash = new Map([...own, ...applications].flatMap(({ documents }) => [...documents]));
  const ofOwn = new Set(own.flatMap(({ documents }) => [...documents.keys()]));
  const texts = new Set(byHash.values());
  const log = (documentHash: string, { operationName: operation }: Sent, requestId: string) =>
    logger.info({ requestId, documentHash, operation }, 'this document is not trusted');
  return (sent, { requestId, reader }) => {
    const mode = modeFor(reader, modes);
    const hash = sent.extensions?.persistedQuery.sha256Hash;
    if (sent.query === undefined && hash !== undefined) {
      const query = mode === 'off' && !ofOwn.has(hash) ? undefined : byHash.get(hash);
      if (query !== undefined) return { ...sent, query, extensions: undefined };
      // It may be a persisted query of the client’s own.
      if (mode === 'only') throw notTrusted();
      if (mode === 'log') log(hash, sent, requestId);
      return sent;
    }
    if (sent.query === undefined || mode === 'off' || mode === 'prefer' || texts.has(sent.query))
      return sent;
    if (mode === 'only') throw notTrusted();
    log(digestOf(sent.query), sent, requestId);
    return sent;
  };
}

const notTrusted = (): HubError => new HubError('DOCUMENT_NOT_TRUSTED');

function modeFor(reader: Reader, modes: Trust['modes']): TrustMode {
  if (reader.kind !== 'person') return modes.anonymous;
  return reader.role === 'service' ? 'prefer' : modes[reader.role];
}
