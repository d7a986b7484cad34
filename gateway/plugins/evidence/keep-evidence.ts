import { contentDigestOf, isService } from '@hub/shared/identity';
import { signedResponses } from '@hub/shared/records';
import type { Logger } from '@hub/shared/system';
import { join } from 'node:path';
import type { CallKeeper } from '../../fan-out/partners/call-keeper.js';
import type { Capability } from '../../hub-plugin.js';
import { type Exchange } from '../../registry/records/evidence-file.js';
import { createEvidenceStore, type EvidenceStore } from '../../registry/records/evidence-store.js';

/** What one operation keeps at most. */
const most = { exchanges: 200, bytes: 2_000_000 } as const;

/** The requests of one operation and their responses, without the bodies of responses. */
class EvidenceNote implements CallKeeper {
  readonly #exchanges: Exchange[] = [];
  #bytes = 0;
  #omitted = 0;

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** How many more there were. */
  get omitted(): number {
    return this.#omitted;
  }

  begin({
    method,
    path,
    body,
    headers,
  }: Parameters<CallKeeper['begin']>[0]): ReturnType<CallKeeper['begin']> {
    this.#bytes += body.length;
    if (this.#exchanges.length >= most.exchanges || this.#bytes > most.bytes) {
      this.#omitted += 1;
      return () => undefined;
    }
    const index = this.#exchanges.length;
    const exchange: Exchange = {
      partner: headers['hub-partner'] ?? '',
      request: {
        method,
        path,
        body: body.toString('utf8'),
        contentDigest: headers['content-digest'] ?? '',
        assertion: headers['hub-assertion'] ?? '',
        signature: headers['signature'] ?? '',
        signatureInput: headers['signature-input'] ?? '',
      },
      response: null,
    };
    this.#exchanges.push(exchange);
    return (response) => {
      const header = (name: string) => {
        const value = response.headers[name];
        return typeof value === 'string' ? value : null;
      };
      this.#exchanges[index] = {
        ...exchange,
        response: {
          status: response.status,
          contentDigest: contentDigestOf(response.body),
          record: header(signedResponses.recordHeader),
          signature: header('signature'),
          signatureInput: header('signature-input'),
        },
      };
    };
  }
}

/**
 * Keeps an operation whose client asked for evidence, before the response leaves. The response says
 * until when: `extensions.evidence`, null if it could not be kept.
 */
export const keepEvidence = (store: EvidenceStore, logger: Logger): Capability => ({
  keepCalls: ({ wantsEvidence }, reader) =>
    wantsEvidence && reader.kind === 'person' && !isService(reader)
      ? new EvidenceNote()
      : undefined,
  hooks: {
    async willSendResponse({ isExecuted, response, contextValue }) {
      const { operation, reader, requestId } = contextValue;
      const note = operation.keeper;
      if (!(note instanceof EvidenceNote) || !isExecuted || response.body.kind !== 'single') return;
      if (reader.kind !== 'person') return;
      const { organisation } = reader;
      const at = new Date().toISOString();
      const { exchanges, omitted } = note;
      const kept = await store
        .keep({ requestId, organisation, at, exchanges: [...exchanges], omitted })
        .catch((error: Error) => {
          logger.error({ requestId, reason: error.message }, 'evidence cannot be kept');
          return undefined;
        });
      const { singleResult } = response.body;
      const evidence = kept ? { requestId, until: kept.toISOString() } : null;
      singleResult.extensions = { ...singleResult.extensions, evidence };
    },
  },
});

const dayMs = 86_400_000;

/** What was kept as evidence. Once a day, what is too old goes. */
export function openEvidence(dataDir: string, logger: Logger): EvidenceStore {
  const store = createEvidenceStore(join(dataDir, 'evidence'));
  const dropOld = () => {
    try {
      store.dropOld();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.error({ reason }, 'old evidence cannot be removed');
    }
  };
  dropOld();
  setInterval(dropOld, dayMs).unref();
  return store;
}
