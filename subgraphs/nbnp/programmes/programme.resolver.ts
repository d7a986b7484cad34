import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Event } from '../entities/event.entity.js';
import { Group } from '../entities/group.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Evaluation, EvaluationSignature, Programme } from '../entities/programme.entity.js';
import { Region } from '../entities/references.js';
import { deriveEvaluation } from './derive-evaluation.js';
import { showEvaluation } from './show-evaluation.js';

@Resolver(() => Programme)
export class ProgrammeResolver {
  @Query(() => [Programme], { nullable: true })
  @Access('open')
  programmes(@Ctx() { source }: PartnerContext): Promise<Programme[]> {
    return source.getRepository(Programme).find({ order: { id: 'ASC' } });
  }

  @Query(() => Programme, { nullable: true })
  @Access('open')
  programme(
    @Arg('id', () => ID) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Programme | null> {
    return loaders.one(Programme).load(id);
  }

  @FieldResolver(() => [PartyRole])
  roles(@Root() { id }: Programme, @Ctx() { loaders }: PartnerContext): Promise<PartyRole[]> {
    return loaders.many(PartyRole, 'programmeId', { orderBy: [{ property: 'position' }] }).load(id);
  }

  @FieldResolver(() => [Group], { nullable: true })
  async groups(
    @Root() { id, hasDocumentedGroups }: Programme,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Group[] | null> {
    return hasDocumentedGroups ? loaders.many(Group, 'programmeId').load(id) : null;
  }

  @FieldResolver(() => [Region], { nullable: true })
  areasToInvolve(@Root() { areaCodes }: Programme): Region[] | null {
    return areaCodes?.map((code) => ({ code })) ?? null;
  }

  @FieldResolver(() => [Event])
  events(@Root() { id }: Programme, @Ctx() { loaders }: PartnerContext): Promise<Event[]> {
    return loaders.many(Event, 'programmeId').load(id);
  }

  @Directive('@requires(fields: "officeSignedOn officeSignatureCount")')
  @FieldResolver(() => Evaluation, { nullable: true })
  async evaluation(
    @Root() programme: Programme,
    @Ctx() context: PartnerContext,
  ): Promise<Evaluation | null> {
    const signatures = context.loaders.one(EvaluationSignature, 'programmeId');
    const evaluation = deriveEvaluation(await signatures.load(programme.id), programme);
    return showEvaluation(evaluation, programme.id, context);
  }
}
