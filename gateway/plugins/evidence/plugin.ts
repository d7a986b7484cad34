import type { HubPlugin } from '../../hub-plugin.js';

/** Keeps operations whose clients ask for evidence of them. */
export const evidence: HubPlugin = {
  name: 'evidence',
  async open({ config: { network, dataDir }, logger }) {
    if (!network) return undefined;
    const { keepEvidence, openEvidence } = await import('./keep-evidence.js');
    return keepEvidence(openEvidence(dataDir, logger), logger);
  },
};
