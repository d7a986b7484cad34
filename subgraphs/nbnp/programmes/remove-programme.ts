import { HubError, violateRule } from '@hub/shared/errors';
import { checkNoReferences, checkVersion, findForChange, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { In, type EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { EvaluationSignature, EvaluationText } from '../entities/evaluation.entity.js';
import { Event } from '../entities/event.entity.js';
import { Group } from '../entities/group.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side, SideParty } from '../entities/side.entity.js';
import { Statement, StatementCountry } from '../entities/statement.entity.js';
import type { RemoveProgrammeInput } from './programme.input.js';

const argument = 'input.programme';

/**
 * Removes a programme that was a mistake, with its plan, and to which nothing refers: no group,
 * event or evaluation, of either side. Only the record of changes shows that it existed.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` REFERRED_TO
 */
export async function removeProgramme(
  context: PartnerContext,
  input: RemoveProgrammeInput,
): Promise<boolean> {
  await perform<Programme>(context, {
    name: 'removeProgramme',
    input,
    reason: input.reason,
    async ask() {
      await findRemoving(context.source.manager, input);
      await askEvaluation(context, input.programme);
    },
    async write(manager) {
      const programme = await findRemoving(manager, input);
      await deleteProgramme(manager, programme.id);
      return programme;
    },
  });
  return true;
}

/** Finds the programme, and checks the network’s own records. */
async function findRemoving(
  manager: EntityManager,
  { programme: id, version }: RemoveProgrammeInput,
): Promise<Programme> {
  const programme = await findForChange(manager, Programme, id, argument);
  checkVersion(programme, version);
  const referring = [Group, Event, EvaluationSignature, EvaluationText];
  await checkNoReferences(manager, referring, { programmeId: id }, argument);
  return programme;
}

/** @throws HubError `PARTNER_…`; `RULE_VIOLATED` REFERRED_TO for the offices’ part of an evaluation */
async function askEvaluation(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  id: string,
): Promise<void> {
  const { programme } = await askHub(
    `query ReferencesToProgramme($id: ID!) {
      programme(id: $id) { officeSignatureCount officeEvaluationVersion } }`,
    { id },
  );
  const { officeSignatureCount: signatures, officeEvaluationVersion: draft } = programme as {
    readonly officeSignatureCount: number | null;
    readonly officeEvaluationVersion: number | null;
  };
  if (signatures === null)
    throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.officesCode });
  if (signatures > 0 || draft !== null) violateRule('REFERRED_TO', argument);
}

async function deleteProgramme(manager: EntityManager, programmeId: string): Promise<void> {
  const statements = (await manager.findBy(Statement, { programmeId })).map(({ id }) => id);
  await manager.delete(StatementCountry, { statementId: In(statements) });
  for (const entity of [Statement, PartyRole, PlannedJourney, SideParty, Side])
    await manager.delete<Statement | PartyRole | PlannedJourney | SideParty | Side>(entity, {
      programmeId,
    });
  await manager.delete(Claim, { subjectId: In([programmeId, ...statements]) });
  await manager.delete(Programme, { id: programmeId });
}
