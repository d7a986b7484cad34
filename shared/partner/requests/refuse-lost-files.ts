import type { PartnerContext } from '../../context/index.js';
import { refuseLostFile } from '../../database/index.js';
import type { OperationHooks } from '../../graphql/index.js';

/**
 * Refuses every operation if a file of the SQLite database was removed, replaced or overwritten,
 * because its content is wrong.
 */
export const refuseLostFiles: OperationHooks<PartnerContext> = {
  didResolveOperation: ({ contextValue: { source } }) => refuseLostFile(source),
};
