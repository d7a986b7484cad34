import { silentLogger } from '@hub/shared/system';
import { untracked, type SubgraphPartners } from './fetch.js';
import type { PartnerPort } from './partners/partner-port.js';
import type { SubgraphModel } from './rules/subgraph-model.js';
import { testPartners } from './rules/test-model.js';

/** For tests: a subgraph of `testPartners`, each of which responds as the test says. */
export function createTestSubgraph(
  model: SubgraphModel,
  portOf: (code: string) => Pick<PartnerPort, 'ask' | 'invalidate'>,
): SubgraphPartners {
  const close = () => Promise.resolve();
  const ports = new Map<string, PartnerPort>(
    testPartners.map((code) => [code, { code, close, ...portOf(code) }]),
  );
  return { model, ports, areNamed: true, ...untracked, logger: silentLogger };
}
