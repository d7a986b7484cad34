import { FieldResolver, Resolver, Root } from 'type-graphql';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';

@Resolver(() => Spokesmanship)
export class SpokesmanshipResolver {
  @FieldResolver(() => PoliceUnit, {
    nullable: true,
    description: 'The police unit of the holder, if known.',
  })
  unit(@Root() { unitId }: Spokesmanship): Pick<PoliceUnit, 'id'> | null {
    return unitId === null ? null : { id: unitId };
  }
}
