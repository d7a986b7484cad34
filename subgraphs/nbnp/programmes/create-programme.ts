import type { PartnerContext } from '@hub/shared/context';
import { HubError } from '@hub/shared/errors';
import { checkDistinct, checkName, createId, perform } from '@hub/shared/mutations';
import { checkRange } from '@hub/shared/scalars';
import { Programme } from '../entities/programme.entity.js';
import type { CreateProgrammeInput } from './programme.input.js';

/** The default size of a programme’s groups. */
const usual = { groupSizeMin: 10, groupSizeMax: 15 };

/**
 * Plans a programme. Its groups are documented from the start, so a new programme has an empty list
 * of groups.
 * @throws HubError `BAD_USER_INPUT` `CONFLICT`
 */
export function createProgramme(
  context: PartnerContext,
  input: CreateProgrammeInput,
): Promise<Programme> {
  checkInput(input);
  return perform(context, {
    name: 'createProgramme',
    input,
    async write(manager) {
      const programme = Object.assign(new Programme(), {
        id: createId(context),
        title: input.title,
        startsOn: input.startsOn ?? null,
        endsOn: input.endsOn ?? null,
        plannedGroups: input.plannedGroups ?? null,
        ...sizesOf(input),
        targetGroups: input.targetGroups,
        sectorsToShow: input.sectorsToShow,
        workingLanguages: input.workingLanguages,
        areaCodes: null,
        hasDocumentedGroups: true,
        sectorsByDirection: null,
        source: null,
        version: 1,
      });
      await manager.insert(Programme, programme);
      return programme;
    },
    find: (manager, id) => manager.findOneBy(Programme, { id }),
  });
}

const sizesOf = ({ groupSizeMin, groupSizeMax }: CreateProgrammeInput) => ({
  groupSizeMin: groupSizeMin ?? usual.groupSizeMin,
  groupSizeMax: groupSizeMax ?? usual.groupSizeMax,
});

function checkInput(input: CreateProgrammeInput): void {
  checkName(input.title, 'input.title');
  checkDistinct(input.targetGroups, 'input.targetGroups', 1);
  checkDistinct(input.sectorsToShow, 'input.sectorsToShow');
  checkDistinct(input.workingLanguages, 'input.workingLanguages');
  checkRange(input.startsOn, input.endsOn, 'input.endsOn');
  const { groupSizeMin, groupSizeMax } = sizesOf(input);
  if (groupSizeMin < 1) refuse('input.groupSizeMin', 'A group must have at least one member.');
  if (groupSizeMax < groupSizeMin)
    refuse('input.groupSizeMax', 'The largest group must not be smaller than the smallest.');
  if (input.plannedGroups != null && input.plannedGroups < 1)
    refuse(
      'input.plannedGroups',
      'The planned number of groups must be at least one; without a plan it is null.',
    );
}

function refuse(argument: string, message: string): never {
  throw new HubError('BAD_USER_INPUT', { argument, message });
}
