import { createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
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

/** All that a new programme plans. Only a documented programme has other sectors for each direction. */
export type NewProgramme = Omit<CreateProgrammeInput, 'idempotencyKey'> &
  Partial<Pick<Programme, 'sectorsByDirection'>>;

/**
 * Plans a programme. Its groups are documented from the start, so a new programme has an empty list
 * of groups.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` REHEARSAL,
 * SIDE, CLOSED, MERGED
 */
export function createProgramme(
  context: PartnerContext,
  input: CreateProgrammeInput,
): Promise<Programme> {
  checkJourneys(input);
  checkSizes(sizesOf(input));
  return planProgramme(context, { name: 'createProgramme', input }, async () => input);
}

/** Writes a new programme as a mutation, whose plan is found before its parties are asked for. */
export const planProgramme = (
  context: PartnerContext,
  mutation: { readonly name: string; readonly input: Pick<CreateProgrammeInput, 'idempotencyKey'> },
  findPlan: (manager: EntityManager) => Promise<NewProgramme>,
): Promise<Programme> =>
  perform<Programme, { readonly plan: NewProgramme; readonly others: OthersFacts }>(context, {
    ...mutation,
    async ask() {
      const { manager } = context.source;
      const plan = await findPlan(manager);
      await checkOwnParties(manager, partiesOf(plan));
      return { plan, others: await askOthers(context, plan) };
    },
    async write(manager, { plan, others }) {
      await checkOwnParties(manager, partiesOf(plan));
      checkOthers(others, plan, plan);
      const programme = toProgramme(createId(context), plan);
      await manager.insert(Programme, programme);
      await writeLists(manager, programme.id, plan);
      return programme;
    },
    find: (manager, id) => manager.findOneBy(Programme, { id }),
  });

const toProgramme = (id: string, input: NewProgramme): Programme =>
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
    sectorsByDirection: input.sectorsByDirection ?? null,
    isRehearsal: input.isRehearsal ?? false,
    source: null,
    version: 1,
  });

const sizesOf = ({ groupSizeMin, groupSizeMax }: NewProgramme) => ({
  groupSizeMin: groupSizeMin ?? usualGroupSize.min,
  groupSizeMax: groupSizeMax ?? usualGroupSize.max,
});
