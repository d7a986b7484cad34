import { checkNewPerson, findPerson, perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import type { ChangeDelegateInput } from './delegate.input.js';
import { findRegion } from './register-delegate.js';

async function readChanges(
  manager: EntityManager,
  input: ChangeDelegateInput,
): Promise<Partial<Delegate>> {
  const given = pickGiven(input, ['name', 'email', 'targetGroup', 'employer']);
  const changes = { ...given, version: input.version + 1 } as Partial<Delegate>;
  if (input.region == null) return changes;
  const { code, country } = await findRegion(manager, input.region);
  return { ...changes, regionCode: code, country };
}

/**
 * Changes the record of a delegate. What is left out stays as it is.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` ERASED, DUPLICATE
 */
export async function changeDelegate(
  context: PartnerContext,
  input: ChangeDelegateInput,
): Promise<Delegate> {
  const { delegate: id, languages } = input;
  return perform(context, {
    name: 'changeDelegate',
    input,
    async write(manager) {
      const delegate = await findPerson(manager, Delegate, id, 'input.delegate', input.version);
      await checkNewPerson(manager, Delegate, input, delegate);
      const changes = await readChanges(manager, input);
      await manager.update(Delegate, { id }, changes);
      if (languages) await manager.delete(DelegateLanguage, { delegateId: id });
      for (const [index, tag] of (languages ?? []).entries()) {
        await manager.insert(DelegateLanguage, { delegateId: id, tag, place: index + 1 });
      }
      return Object.assign(delegate, changes);
    },
  });
}
