import { checkNotInvented, checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { Region } from '../entities/region.entity.js';
import { findOffice, findRegion } from './find-office.js';
import type { SetCoverageInput } from './region.input.js';

/** The regions that an office covers, in the form of what sources state of it. */
async function readCovered(manager: EntityManager, officeId: string): Promise<string[]> {
  const regions = await manager.findBy(Region, { officeId });
  return regions.map(({ code }) => code).sort();
}

/**
 * Records which office covers a region. What another page stated stays as a claim about the office
 * of before.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `RULE_VIOLATED` MERGED, REHEARSAL
 */
export function setCoverage(context: PartnerContext, input: SetCoverageInput): Promise<Region> {
  return perform(context, {
    name: 'setCoverage',
    input,
    async write(manager) {
      const before = await findRegion(manager, input.region);
      checkVersion(before, input.version);
      const { office: officeId = null, source = null, on, version } = input;
      if (officeId !== null) {
        const office = await findOffice(manager, officeId, 'input.office');
        checkNotInvented(office, { isRehearsal: false }, 'input.office');
      }
      const offices = [...new Set([before.officeId, officeId])].filter((id) => id !== null);
      const covered = new Map<string, string[]>();
      for (const id of offices) covered.set(id, await readCovered(manager, id));
      const changes = {
        officeId,
        coverageIsStated: source !== null,
        coverageSource: source,
        coverageCheckedOn: on,
        version: version + 1,
      };
      await manager.update(Region, { code: before.code }, changes);
      for (const [id, covers] of covered)
        await network.keepClaims(
          context,
          manager,
          { entity: Claim, owner: 'officeId' },
          ['covers'],
          {
            before: { id, source: before.coverageSource, covers },
            next: { id, source, covers: await readCovered(manager, id) },
          },
        );
      return Object.assign(before, changes, { id: before.code });
    },
  });
}
