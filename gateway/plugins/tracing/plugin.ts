import { z } from 'zod';
import type { HubPlugin } from '../../hub-plugin.js';
import { described } from '../../server/settings/hub-variables.js';

const settings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: described(
    z.url({ protocol: /^https?$/ }).optional(),
    'the collector of [traces](logs-metrics-traces.md#traces) (OTLP over HTTP), without a path',
    'none: nothing is traced',
  ),
};

/** Sends traces of operations to a collector. */
export const tracing: HubPlugin<typeof settings> = {
  name: 'tracing',
  settings,
  async open(_worker, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }) {
    if (endpoint === undefined) return undefined;
    const { traceOperations } = await import('./trace-operations.js');
    return traceOperations(endpoint);
  },
};
