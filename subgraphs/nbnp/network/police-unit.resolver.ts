import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loadOne, loadParty } from '../access/load-related.js';
import { Party } from '../entities/party.interface.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

@Resolver(() => PoliceUnit)
export class PoliceUnitResolver {
  /** A unit in a reference has only its key, so the directory is read by that key. */
  @FieldResolver(() => Party, {
    nullable: true,
    description:
      'The parent of the unit in the network’s directory: a unit or another body. `parent` is the police force’s own view.',
  })
  async superior(
    @Root() { id }: PoliceUnit,
    @Ctx() context: PartnerContext,
  ): Promise<object | null> {
    const entry = await loadOne(PoliceUnit, id, context);
    return loadParty(entry?.superiorId ?? null, context);
  }
}
