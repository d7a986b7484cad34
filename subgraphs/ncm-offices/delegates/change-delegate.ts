import { checkNewPerson, findForChange, findPerson, perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import type { ChangeDelegateInput } from './delegate.input.js';
import { askNamedCountries, checkNamed, findOrigin, type NamedCountries } from './find-origin.js';

const tables = { person: Delegate, contactPoint: ContactPoint };

const byDelegate = 'input.delegate';

interface OriginChange {
  readonly input: ChangeDelegateInput;
  readonly delegate: Delegate;
  readonly named: NamedCountries | null;
}

/**
 * Changes the record of a delegate. What is left out stays as it is.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` ERASED,
 * DUPLICATE, PERSONAL, SIDE, CLOSED
 */
export async function changeDelegate(
  context: PartnerContext,
  input: ChangeDelegateInput,
): Promise<Delegate> {
  const { delegate: id, languages } = input;
  return perform(context, {
    name: 'changeDelegate',
    input,
    ask: () => askNamedCountries(context, input),
    async write(manager, named) {
      const delegate = await findPerson(manager, Delegate, id, byDelegate, input.version);
      await checkNewPerson(manager, tables, input, delegate);
      const given = pickGiven(input, ['name', 'email', 'targetGroup', 'employer']);
      const origin = await readOrigin(context, manager, { input, delegate, named });
      const changes = { ...given, ...origin, version: input.version + 1 } as Partial<Delegate>;
      await manager.update(Delegate, { id }, changes);
      if (languages) await manager.delete(DelegateLanguage, { delegateId: id });
      for (const [index, tag] of (languages ?? []).entries()) {
        await manager.insert(DelegateLanguage, { delegateId: id, tag, place: index + 1 });
      }
      return Object.assign(delegate, changes);
    },
  });
}

/**
 * Where the delegate works according to the input. A country that stays keeps its region.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `RULE_VIOLATED` SIDE, CLOSED
 */
async function readOrigin(
  context: PartnerContext,
  manager: EntityManager,
  { input, delegate, named }: OriginChange,
): Promise<Partial<Delegate>> {
  const { country: before, regionCode, isRehearsal, officeId } = delegate;
  const { country = before, region = country === before ? regionCode : null } = input;
  if (country === before && region === regionCode) return {};
  const given = region === null ? { country } : { country: input.country, region };
  const origin = await findOrigin(manager, given);
  const office = await findForChange(manager, Office, officeId, byDelegate);
  checkNamed(context, { ...origin, isRehearsal }, named, { office, argument: byDelegate });
  return origin;
}
