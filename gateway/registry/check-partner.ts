import type { Logger } from '@hub/shared/system';
import { lightestCall } from '../fan-out/partners/lightest-call.js';
import type { PartnerPort } from '../fan-out/partners/partner-port.js';
import { readResponse } from '../fan-out/partners/read-response.js';
import type { PartnerStatus } from './calls/partner-status.js';
import { createHealthCheck, type HealthCheck } from './health-check.js';
import type { PublishedFacts } from './publications/published-facts.js';

/** Checks each partner at intervals, so that its status is known even without other calls. */
export function createPartnerCheck(
  ports: ReadonlyMap<string, PartnerPort>,
  status: PartnerStatus,
  logger: Logger,
  published: PublishedFacts | undefined,
): HealthCheck {
  const reasons = new Map<string, string>();
  /**
   * Logs a reason when it is new, because checks are frequent. A changed number of seconds is not a
   * new reason.
   */
  const logReason = (partner: string, reason: string | undefined) => {
    const kind = reason?.replace(/\d+ s /, '');
    if (kind !== undefined && kind !== reasons.get(partner)) {
      logger.warn({ partner, reason }, 'a partner fails its health check');
    }
    if (kind === undefined) reasons.delete(partner);
    else reasons.set(partner, kind);
  };
  return createHealthCheck({
    partners: [...ports.keys()],
    status,
    async probe(code, signal) {
      if (published?.openWindowOf(code)) return 'MAINTENANCE';
      const response = await ports.get(code)?.ask(lightestCall('health-check', signal));
      if (!response) return 'UNAVAILABLE';
      const read = readResponse(response, { isAskedPath: () => true, isPassedOn: () => false });
      const skew = 'failure' in response ? undefined : response.skew;
      logReason(code, 'failure' in read && !signal.aborted ? read.reason : skew);
      if (!('failure' in read)) return 'ANSWERED';
      const { failure, callStatus: said = failure } = read;
      return said === 'OVERLOADED' ? undefined : said;
    },
  });
}
