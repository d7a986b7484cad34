import type { PartnerContext } from '@hub/shared/context';
import { findForChange, notFound } from '@hub/shared/mutations';
import { networkCode, ownerOf } from '@hub/shared/vocabulary';
import type { EntityManager } from 'typeorm';
import { Organisation } from '../entities/organisation.entity.js';
import { findKnownParties } from './ask-parties.js';

/** Ids of parties, by the argument that names them. */
export type NamedParties = Readonly<Record<string, readonly string[]>>;

const isOwn = (partyId: string): boolean => ownerOf(partyId) === networkCode;

/**
 * Checks that the network’s own organisations among these parties exist.
 * @throws HubError `NOT_FOUND` with the argument that names an unknown one
 */
export async function checkOwnParties(manager: EntityManager, named: NamedParties): Promise<void> {
  for (const [argument, ids] of Object.entries(named))
    for (const id of ids.filter(isOwn)) await findForChange(manager, Organisation, id, argument);
}

/**
 * Asks the owners of all others which of them exist.
 * @throws HubError `PARTNER_…`
 */
export const askOtherParties = (
  context: Pick<PartnerContext, 'askHub'>,
  named: NamedParties,
): Promise<ReadonlySet<string>> =>
  findKnownParties(context, [
    ...new Set(
      Object.values(named)
        .flat()
        .filter((id) => !isOwn(id)),
    ),
  ]);

/**
 * Checks the others by what their owners responded.
 * @throws HubError `NOT_FOUND` with the argument that names an unknown one
 */
export function checkOtherParties(named: NamedParties, known: ReadonlySet<string>): void {
  for (const [argument, ids] of Object.entries(named))
    if (!ids.every((id) => isOwn(id) || known.has(id))) notFound(argument);
}
