import { readRows } from '@hub/shared/database';
import type { HubError } from '@hub/shared/errors';
import { isPerson, type PartnerContext } from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import { endedBy } from '../access/visible-visits.js';
import { settleMissing, type WithMissing } from '../access/with-missing.js';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { ContactBasis } from '../entities/vocabulary.js';
import type { Occasion } from './occasion.js';
import { loadVisitParties } from './visit-parties.js';

/**
 * Whether an ended visit counts for the caller. It does if the caller may read its itinerary. For
 * anonymous callers, who may read none, every ended visit counts.
 * @throws HubError `PARTNER_…` if the deciding fact is unavailable
 */
const doesCount = ({ id }: Visit, context: PartnerContext): boolean | Promise<boolean> =>
  !isPerson(context.reader) || decideItinerary(context, id);

/**
 * The visits, of rehearsals or of real programmes, that have set out and have ended, and that count
 * for the caller. Of the others only the deciding facts are read, so that no result depends on them.
 */
export async function loadVisitOccasions(
  context: PartnerContext,
  isRehearsal: boolean,
): Promise<WithMissing<Occasion[]>> {
  const ended = await readRows(
    context.source
      .getRepository(Visit)
      .createQueryBuilder('visit')
      .innerJoin(Group, 'group_', 'group_.id = visit.groupId')
      .innerJoin(Programme, 'programme', 'programme.id = group_.programmeId')
      .where('visit.departedOn IS NOT NULL AND visit.returnedOn <= :endedBy', {
        endedBy: endedBy(context),
      })
      .andWhere('programme.isRehearsal = :isRehearsal', { isRehearsal })
      .orderBy('visit.id'),
  );
  const decisions = await settleMissing(ended.map((visit) => doesCount(visit, context)));
  const counted = ended.filter((_, index) => decisions.value[index] === true);
  const missing: HubError[] = [...decisions.missing];
  const occasions = await Promise.all(
    counted.map(async (visit): Promise<Occasion> => {
      const [parties, group] = await Promise.all([
        loadVisitParties(visit, context),
        context.loaders.one(Group).load(visit.groupId),
      ]);
      missing.push(...parties.missing);
      return {
        id: visit.id,
        basis: ContactBasis.VISIT,
        wholeId: null,
        programmeId: group?.programmeId ?? null,
        firstDay: visit.startsOn,
        lastDay: visit.endsOn,
        on: visit.startsOn ?? visit.endsOn,
        source: null,
        parties: parties.value,
        represented: [],
        countries: [],
        isRehearsal,
      };
    }),
  );
  return { value: occasions, missing };
}
