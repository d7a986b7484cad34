import { createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Programme } from '../entities/programme.entity.js';
import { checkOwnParties } from '../network/check-parties.js';
import { checkSizes } from './check-admission.js';
import {
  askOthers,
  checkJourneys,
  checkOthers,
  partiesOf,
  type OthersFacts,
} from './check-plan.js';
import { usualGroupSize, type CreateProgrammeInput } from './programme.input.js';
import { writeLists } from './write-plan.js';

/**
 * Plans a programme. Its groups are documented from the start, so a new programme has an empty list
 * of groups.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` REHEARSAL
 */
export function createProgramme(
  context: PartnerContext,
  input: CreateProgrammeInput,
): Promise<Programme> {
  checkJourneys(input);
  checkSizes(sizesOf(input));
  return perform<Programme, OthersFacts>(context, {
    name: 'createProgramme',
    input,
    async ask() {
      await checkOwnParties(context.source.manager, partiesOf(input));
      return askOthers(context, input);
    },
    async write(manager, others) {
      await checkOwnParties(manager, partiesOf(input));
      checkOthers(others, input, input);
      const programme = toProgramme(createId(context), input);
      await manager.insert(Programme, programme);
      await writeLists(manager, programme.id, input);
      return programme;
    },
    find: (manager, id) => manager.findOneBy(Programme, { id }),
  });
}

const toProgramme = (id: string, input: CreateProgrammeInput): Programme =>
  Object.assign(new Programme(), {
    id,
    title: input.title,
    startsOn: input.startsOn ?? null,
    endsOn: input.endsOn ?? null,
    plannedGroups: input.plannedGroups ?? null,
    deadlines: input.deadlines ?? null,
    ...sizesOf(input),
    targetGroups: input.targetGroups,
    sectorsToShow: input.sectorsToShow,
    workingLanguages: input.workingLanguages,
    areaCodes: input.areasToInvolve ?? null,
    hasDocumentedGroups: true,
    sectorsByDirection: null,
    isRehearsal: input.isRehearsal ?? false,
    source: null,
    version: 1,
  });

const sizesOf = ({ groupSizeMin, groupSizeMax }: CreateProgrammeInput) => ({
  groupSizeMin: groupSizeMin ?? usualGroupSize.min,
  groupSizeMax: groupSizeMax ?? usualGroupSize.max,
});
