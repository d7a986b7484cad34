import { DateScalar } from '@hub/shared/scalars';
import type { PartnerContext } from '@hub/shared/server';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { Programme } from '../entities/references.js';

@Resolver(() => Programme)
export class ProgrammeResolver {
  @FieldResolver(() => DateScalar, { nullable: true })
  async officeSignedOn(
    @Root() { id }: Programme,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<string | null> {
    return (await loaders.one(ProgrammeSignature, 'programmeId').load(id))?.signedOn ?? null;
  }

  @FieldResolver(() => Int, { nullable: true })
  async officeSignatureCount(
    @Root() { id }: Programme,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<number> {
    return (await loaders.one(ProgrammeSignature, 'programmeId').load(id)) === null ? 0 : 1;
  }
}
