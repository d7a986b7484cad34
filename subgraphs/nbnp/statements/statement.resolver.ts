import { byId, pagination, readPage } from '@hub/shared/database';
import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { loadOne } from '../access/load-related.js';
import { Event } from '../entities/event.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Statement, StatementCountry, StatementSubject } from '../entities/statement.entity.js';
import { findStatements } from './find-statements.js';
import { StatementFilter } from './statement.input.js';

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
}
