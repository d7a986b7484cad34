import { describeError, maskError } from '../../graphql/operations/mask-errors.js';
import type { OperationHooks } from '../../graphql/operations/operation-hooks.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { recordDisclosures } from '../../records/disclosure/record.js';
import type { PartnerMetrics } from '../../server/metrics/partner-metrics.js';
import type { Logger } from '../../system/logger.js';

/**
 * Records the restricted fields that were read before the response is sent. If recording fails, no
 * data is sent.
 */
export function recordReadings(
  logger: Logger,
  meter?: DisclosureMeter,
): OperationHooks<PartnerContext> {
  return {
    willSendResponse: (request) =>
      request.contextValue.disclosures.readings.length > 0
        ? record(request, logger, meter)
        : undefined,
  };
}

type DisclosureMeter = Pick<PartnerMetrics, 'disclosed' | 'notDisclosed' | 'readFirst'>;

type SentOperation = Parameters<NonNullable<OperationHooks<PartnerContext>['willSendResponse']>>[0];

async function record(
  { response, operationName, contextValue }: SentOperation,
  logger: Logger,
  meter: DisclosureMeter | undefined,
): Promise<void> {
  const { disclosures, source, reader, clientName, clock, requestId } = contextValue;
  try {
    const isFirst = await recordDisclosures({
      source,
      reader,
      operationName: operationName ?? null,
      clientName,
      readings: disclosures.readings,
      at: clock(),
    });
    meter?.disclosed(disclosures.readings.length);
    if (isFirst && reader.kind === 'person') {
      const { organisation, role } = reader;
      logger.info({ requestId, organisation, role }, 'a person reads restricted data here first');
      meter?.readFirst();
    }
  } catch (error) {
    meter?.notDisclosed();
    logger.error({ requestId, error: describeError(error) }, 'a disclosure could not be recorded');
    const refusal = maskError(error, { requestId, logger });
    response.body = { kind: 'single', singleResult: { errors: [refusal] } };
  }
}
