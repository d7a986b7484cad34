import { statements } from '@hub/shared/records';
import { isConformanceValid } from './conformance.js';
import type { VerifiedConformance } from './publication.js';
import type { RegistryOptions } from './registry-options.js';
import type { PublishingPartner } from './take-manifest.js';

type Options = Required<
  Pick<RegistryOptions, 'readConformance' | 'administration' | 'logger' | 'clock'>
>;

/**
 * Makes the check of the statement that a manifest has. One that is not the hub’s own, is about
 * somebody else or has expired is logged once, and counts as none. It never makes a manifest fail.
 */
export function createConformanceCheck({
  readConformance,
  administration,
  logger,
  clock,
}: Options): (
  partner: PublishingPartner,
  statement: string | null,
) => Promise<VerifiedConformance | null> {
  /** The last statement of each partner that was refused. */
  const refused = new Map<string, string>();

  async function refuse(partner: string, statement: string, code: string, reason: string) {
    if (refused.get(partner) === statement) return;
    refused.set(partner, statement);
    logger.warn({ partner, code, reason }, 'a statement of conformance is not shown');
    await administration.append('CONFORMANCE_REFUSED', { partner, code });
  }

  return async (partner, statement) => {
    if (statement === null) return null;
    const { code } = partner;
    try {
      const read = await readConformance(partner, statement);
      if (isConformanceValid(read, clock())) return { ...read, statement };
      await refuse(code, statement, 'CONFORMANCE_EXPIRED', `It is valid until ${read.validUntil}.`);
    } catch (error) {
      if (!(error instanceof statements.StatementError)) throw error;
      await refuse(code, statement, `CONFORMANCE_${error.code}`, error.message);
    }
    return null;
  };
}
