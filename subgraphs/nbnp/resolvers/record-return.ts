import { violateRule } from '@hub/shared/errors';
import { checkVersion, perform } from '@hub/shared/mutations';
import type { PartnerContext } from '@hub/shared/server';
import type { EntityManager } from 'typeorm';
import type { Visit } from '../entities/visit.entity.js';
import { askIsEvaluated, checkInProgramme, checkNotCancelled } from './group-for-change.js';
import type { RecordDateInput } from './record-date.input.js';
import { checkFollows } from './record-departure.js';
import { findVisitForChange, writeVisit, type VisitForChange } from './visit-for-change.js';

/** A visit from which a group is to be back, once the network’s own rules allow it. */
async function findReturning(
  manager: EntityManager,
  { id, on, version }: RecordDateInput,
): Promise<VisitForChange> {
  const change = await findVisitForChange(manager, id, 'input.id');
  checkVersion(change.visit, version);
  checkNotCancelled(change, 'input.id');
  if (change.visit.departedOn === null) violateRule('NOT_DEPARTED', 'input.id');
  checkFollows(on, change.visit.departedOn);
  checkInProgramme(on, change.programme);
  return change;
}

/**
 * Records the day on which a group came back, or corrects it until the programme is evaluated.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` CANCELLED, NOT_DEPARTED, DATE_ORDER,
 * OUTSIDE_PROGRAMME, EVALUATED
 */
export function recordReturn(context: PartnerContext, input: RecordDateInput): Promise<Visit> {
  return perform(context, {
    name: 'recordReturn',
    input,
    async ask() {
      const { programme } = await findReturning(context.source.manager, input);
      if (await askIsEvaluated(context, programme.id)) violateRule('EVALUATED', 'input.id');
    },
    async write(manager) {
      const { visit } = await findReturning(manager, input);
      return writeVisit(manager, visit, { returnedOn: input.on });
    },
  });
}
