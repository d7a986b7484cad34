import { isService } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/system';
import { join } from 'node:path';
import { createEvidenceStore, type EvidenceStore } from '../../evidence/evidence-store.js';
import type { Capability } from '../../hub-plugin.js';
import { EvidenceNote } from './evidence-note.js';

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
