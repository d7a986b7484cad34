import { checkNewPerson, createId, findForChange, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import type { RegisterDelegateInput } from './delegate.input.js';

/** @throws HubError `NOT_FOUND` for `input.region` */
export async function findRegion(manager: EntityManager, code: string): Promise<Region> {
  // PostgreSQL refuses a text with NUL.
  const region = code.includes('\0') ? null : await manager.findOneBy(Region, { code });
  return region ?? notFound('input.region');
}

/**
 * Registers a person whom an office can send. An office made for rehearsals has invented people.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `RULE_VIOLATED` DUPLICATE
 */
export function registerDelegate(
  context: PartnerContext,
  input: RegisterDelegateInput,
): Promise<Delegate> {
  return perform(context, {
    name: 'registerDelegate',
    input,
    async write(manager) {
      const office = await findForChange(manager, Office, input.office, 'input.office');
      const region = await findRegion(manager, input.region);
      await checkNewPerson(manager, Delegate, input);
      const delegate = {
        id: createId(context),
        name: input.name,
        email: input.email ?? null,
        targetGroup: input.targetGroup,
        country: region.country,
        regionCode: region.code,
        employer: input.employer ?? null,
        officeId: office.id,
        isRehearsal: office.isRehearsal || input.isRehearsal === true,
        version: 1,
      };
      await manager.insert(Delegate, delegate);
      for (const [index, tag] of input.languages.entries()) {
        await manager.insert(DelegateLanguage, { delegateId: delegate.id, tag, place: index + 1 });
      }
      return delegate;
    },
    find: (manager, id) => manager.findOneBy(Delegate, { id }),
  });
}
