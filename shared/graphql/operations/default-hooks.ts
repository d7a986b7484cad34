import { GraphQLError } from 'graphql';
import { HubError } from '../../errors/hub-error.js';
import type { Logger } from '../../system/logger.js';
import { describeError, maskError } from './mask-errors.js';
import type { OperationHooks } from './operation-hooks.js';
import type { ServedContext } from './served-context.js';

/** Rejects an unknown operation name, and a kind of operation that the schema does not have. */
export function checkOperation<Context extends ServedContext>(
  logger: Logger,
): OperationHooks<Context> {
  return {
    didResolveOperation({ operation, schema, response }) {
      if (operation === undefined) {
        response.http.status = 422;
        const message = '`operationName` must be the name of an operation of the document.';
        throw new HubError('BAD_REQUEST', { message });
      }
      // graphql-js validates nothing below a missing root type.
      if (!schema.getRootType(operation.operation)) {
        const message = `The schema has no ${operation.operation}.`;
        throw new HubError('GRAPHQL_VALIDATION_FAILED', { message });
      }
    },
    didFail({ contextValue: { requestId } }, error) {
      logger.error({ requestId, error: describeError(error) }, 'operation failed');
    },
  };
}

/** Masks the errors of every response, also without HTTP. */
export function maskErrors<Context extends ServedContext>(logger: Logger): OperationHooks<Context> {
  return {
    willSendResponse({ response, errors, contextValue: { requestId } }) {
      if (response.body.kind !== 'single') return;
      const { singleResult } = response.body;
      if (!singleResult.errors?.length) return;
      const originals =
        errors ??
        singleResult.errors.map(
          ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
        );
      singleResult.errors = originals.map((error) => maskError(error, { requestId, logger }));
    },
  };
}
