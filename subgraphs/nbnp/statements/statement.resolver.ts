import { byId, pagination, readPage } from '@hub/shared/database';
import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { loadClaims, loadOne } from '../access/load-related.js';
import { Claim } from '../entities/claim.entity.js';
import { Event } from '../entities/event.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Statement, StatementCountry, StatementSubject } from '../entities/statement.entity.js';
import { findStatements } from './find-statements.js';
import { changeStatement, recordStatement, removeStatement } from './keep-statement.js';
import {
  ChangeStatementInput,
  RecordStatementInput,
  RemoveStatementInput,
  StatementFilter,
} from './statement.input.js';

const { ConnectionType: StatementConnection } = pagination.createConnectionTypes(
  Statement,
  'Statement',
  {
    counts: 'exact',
    access: 'open',
    isCached: true,
  },
);

@Resolver(() => Statement)
export class StatementResolver {
  @Query(() => StatementConnection, {
    nullable: true,
    description:
      'Statements of all sources, by subject, kind or country; ordered by id. Open to everybody. From NBNP’s own records.',
  })
  @Access('open')
  statements(
    @Arg('filter', () => StatementFilter, {
      nullable: true,
      description: 'Selects statements. @default all',
    })
    filter: StatementFilter | null,
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() { source }: PartnerContext,
  ): Promise<pagination.Connection<Statement>> {
    return readPage(findStatements(source, filter ?? {}), byId, page);
  }

  @Mutation(() => Statement, {
    nullable: true,
    description:
      'Records what a source states in words. `NOT_FOUND` for an unknown subject. Rules: DUPLICATE, MERGED.',
  })
  @Access('coordinator')
  recordStatement(
    @Arg('input', () => RecordStatementInput, { description: words.Input.input })
    input: RecordStatementInput,
    @Ctx() context: PartnerContext,
  ): Promise<Statement> {
    return recordStatement(context, input);
  }

  @Mutation(() => Statement, {
    nullable: true,
    description:
      'Corrects a statement. Aims of a programme are changed with the programme (`BAD_USER_INPUT`). Rules: DUPLICATE.',
  })
  @Access('coordinator')
  changeStatement(
    @Arg('input', () => ChangeStatementInput, { description: words.Input.input })
    input: ChangeStatementInput,
    @Ctx() context: PartnerContext,
  ): Promise<Statement> {
    return changeStatement(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes a statement that was a mistake; its reason is kept in the changes. Aims of a programme are removed with the programme (`BAD_USER_INPUT`). True once it is gone.',
  })
  @Access('coordinator')
  removeStatement(
    @Arg('input', () => RemoveStatementInput, { description: words.Input.input })
    input: RemoveStatementInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeStatement(context, input);
  }

  @FieldResolver(() => StatementSubject, {
    nullable: true,
    description: 'Its subject. Null for a statement about the field as a whole.',
  })
  async subject(
    @Root() { programmeId, eventId, organisationId }: Statement,
    @Ctx() context: PartnerContext,
  ): Promise<Programme | Event | Organisation | null> {
    const [programme, event, organisation] = await Promise.all([
      loadOne(Programme, programmeId, context),
      loadOne(Event, eventId, context),
      loadOne(Organisation, organisationId, context),
    ]);
    return programme ?? event ?? organisation;
  }

  @FieldResolver(() => [CountryCodeScalar], {
    description:
      'The countries that the text names, alone or in a group. The text may be about the group and not about each country.',
  })
  async countries(
    @Root() { id }: Statement,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<string[]> {
    const orderBy = [{ property: 'position' }];
    const named = await loaders.many(StatementCountry, 'statementId', { orderBy }).load(id);
    return named.map(({ country }) => country);
  }

  @FieldResolver(() => [Claim], {
    description: 'What other pages say in place of its values, if they differ.',
  })
  claims(@Root() { id }: Statement, @Ctx() context: PartnerContext): Promise<Claim[]> {
    return loadClaims(id, context);
  }
}
