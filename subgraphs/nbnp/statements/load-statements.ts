import type { PartnerContext } from '@hub/shared/policy';
import { Statement } from '../entities/statement.entity.js';
import type { StatementKind } from '../entities/vocabulary.js';

/** The statements of sources about a subject, by id; of one kind or all. */
export function loadStatements(
  { loaders }: Pick<PartnerContext, 'loaders'>,
  subject: 'programmeId' | 'eventId' | 'organisationId',
  id: string,
  kind: StatementKind | null,
): Promise<Statement[]> {
  return loaders.many(Statement, subject, kind ? { where: { kind } } : {}).load(id);
}
