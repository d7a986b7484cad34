import { perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { Office } from '../entities/office.entity.js';
import { checkOpenBefore, findOffice, precisionOf, writeOffice } from './office-changes.js';
import type { CloseOfficeInput } from './office.input.js';

/**
 * Records when an office closes, or that it is open again. It is a fact, which no plan can refuse:
 * the steps of a programme need an open office when they are taken.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `RULE_VIOLATED` DATE_ORDER
 */
export function closeOffice(context: PartnerContext, input: CloseOfficeInput): Promise<Office> {
  const { closedOn = null, source, on } = input;
  return perform(context, {
    name: 'closeOffice',
    input,
    async write(manager) {
      const office = await findOffice(manager, input);
      checkOpenBefore({ openedOn: office.openedOn, closedOn }, 'input.closedOn');
      const closedPrecision =
        closedOn === office.closedOn ? office.closedPrecision : precisionOf(closedOn);
      const changes = { closedOn, closedPrecision, source, checkedOn: on };
      return writeOffice(context, manager, office, changes);
    },
  });
}
