import { refuseLostFile } from '../../database/sqlite/lost-file.js';
import type { OperationHooks } from '../../graphql/operations/operation-hooks.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';

/**
 * Refuses every operation if a file of the SQLite database was removed, replaced or overwritten,
 * because its content is wrong.
 */
export const refuseLostFiles: OperationHooks<PartnerContext> = {
  didResolveOperation: ({ contextValue: { source } }) => refuseLostFile(source),
};
