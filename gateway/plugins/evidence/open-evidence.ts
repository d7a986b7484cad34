import type { Logger } from '@hub/shared/system';
import { join } from 'node:path';
import { createEvidenceStore, type EvidenceStore } from '../../evidence/evidence-store.js';

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
