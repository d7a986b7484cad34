import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Event } from '../entities/event.entity.js';
import { Network } from '../entities/network.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Statement } from '../entities/statement.entity.js';
import { StatementKind } from '../entities/vocabulary.js';

/** The statements of sources about a subject, by id; of one kind or all. */
function loadStatements(
  { loaders }: Pick<PartnerContext, 'loaders'>,
  subject: 'programmeId' | 'eventId' | 'organisationId',
  id: string,
  kind: StatementKind | null,
): Promise<Statement[]> {
  return loaders.many(Statement, subject, kind ? { where: { kind } } : {}).load(id);
}

const onlyKind = 'Only statements of this kind. @default all kinds';

@Resolver(() => Event)
export class EventStatementsResolver {
  @FieldResolver(() => [Statement], { description: 'What sources state about the event, by id.' })
  statements(
    @Root() { id }: Event,
    @Arg('kind', () => StatementKind, { nullable: true, description: onlyKind })
    kind: StatementKind | null,
    @Ctx() context: PartnerContext,
  ): Promise<Statement[]> {
    return loadStatements(context, 'eventId', id, kind);
  }
}

@Resolver(() => Organisation)
export class OrganisationStatementsResolver {
  @FieldResolver(() => [Statement], {
    description: 'What sources state about the organisation, by id.',
  })
  statements(
    @Root() { id }: Organisation,
    @Arg('kind', () => StatementKind, { nullable: true, description: onlyKind })
    kind: StatementKind | null,
    @Ctx() context: PartnerContext,
  ): Promise<Statement[]> {
    return loadStatements(context, 'organisationId', id, kind);
  }
}

@Resolver(() => Programme)
export class ProgrammeStatementsResolver {
  @FieldResolver(() => [Statement], {
    description:
      'What sources state about the programme, by id: its aims, methods, context and so on.',
  })
  statements(
    @Root() { id }: Programme,
    @Arg('kind', () => StatementKind, { nullable: true, description: onlyKind })
    kind: StatementKind | null,
    @Ctx() context: PartnerContext,
  ): Promise<Statement[]> {
    return loadStatements(context, 'programmeId', id, kind);
  }
}

/** The network has the id of its organisation, so it also has its statements. */
@Resolver(() => Network)
export class NetworkStatementsResolver {
  @FieldResolver(() => [Statement], { description: 'What sources state about the network, by id.' })
  statements(
    @Root() { id }: Network,
    @Arg('kind', () => StatementKind, { nullable: true, description: onlyKind })
    kind: StatementKind | null,
    @Ctx() context: PartnerContext,
  ): Promise<Statement[]> {
    return loadStatements(context, 'organisationId', id, kind);
  }
}
