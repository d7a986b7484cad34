import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/telemetry';
import type { EvidenceNote } from './evidence-note.js';
import type { EvidenceStore } from './evidence-store.js';

interface KeptContext extends ServedContext {
  readonly reader: Reader;
  readonly evidence?: EvidenceNote | undefined;
}

/**
 * Keeps an operation whose client asked for evidence, before the response leaves. The response says
 * until when: `extensions.evidence`, null if it could not be kept.
 */
export function keepEvidence(store: EvidenceStore, logger: Logger): OperationHooks<KeptContext> {
  return {
    async willSendResponse({ isExecuted, response, contextValue }) {
      const { evidence: note, reader, requestId } = contextValue;
      if (!note || !isExecuted || response.body.kind !== 'single') return;
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
  };
}
