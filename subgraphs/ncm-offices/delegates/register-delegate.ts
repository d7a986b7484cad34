import { checkNewPerson, createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { findOffice } from '../network/find-office.js';
import type { RegisterDelegateInput } from './delegate.input.js';
import { askNamedCountries, checkNamed, findOrigin } from './find-origin.js';

const tables = { person: Delegate, contactPoint: ContactPoint };

/**
 * Registers a person whom an office can send. An office made for rehearsals has invented people.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `RULE_VIOLATED` SIDE, MERGED, CLOSED, DUPLICATE
 */
export function registerDelegate(
  context: PartnerContext,
  input: RegisterDelegateInput,
): Promise<Delegate> {
  return perform(context, {
    name: 'registerDelegate',
    input,
    ask: () => askNamedCountries(context, input),
    async write(manager, named) {
      const office = await findOffice(manager, input.office, 'input.office');
      const origin = await findOrigin(manager, input);
      await checkNewPerson(manager, tables, input);
      const delegate = {
        id: createId(context),
        name: input.name,
        email: input.email ?? null,
        targetGroup: input.targetGroup,
        ...origin,
        employer: input.employer ?? null,
        officeId: office.id,
        isRehearsal: office.isRehearsal || input.isRehearsal === true,
        version: 1,
      };
      checkNamed(context, delegate, named, { office, argument: 'input.office' });
      await manager.insert(Delegate, delegate);
      for (const [index, tag] of input.languages.entries()) {
        await manager.insert(DelegateLanguage, { delegateId: delegate.id, tag, place: index + 1 });
      }
      return delegate;
    },
    find: (manager, id) => manager.findOneBy(Delegate, { id }),
  });
}
