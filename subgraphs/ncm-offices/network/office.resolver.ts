import {
  byId,
  leaveOutRehearsals,
  orderBy,
  readRows,
  textSearch,
  whereExisted,
  withoutRehearsals,
} from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { IsNull, type SelectQueryBuilder } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { Office } from '../entities/office.entity.js';
import { RegionCoverage } from '../entities/region-coverage.js';
import { Region } from '../entities/region.entity.js';
import { changeOffice, closeOffice, registerOffice } from './keep-office.js';
import {
  ChangeOfficeInput,
  CloseOfficeInput,
  OfficeFilter,
  RegisterOfficeInput,
} from './office.input.js';
import { byCode } from './region.resolver.js';

const openDays = { first: 'office.openedOn', last: 'office.closedOn' };

function filterOffices(
  query: SelectQueryBuilder<Office>,
  { country, kind, openOn, search, rehearsals, merged }: OfficeFilter,
): SelectQueryBuilder<Office> {
  leaveOutRehearsals(query, rehearsals);
  if (merged !== true) query.andWhere('office.mergedIntoId IS NULL');
  if (country != null) query.andWhere('office.country = :country', { country });
  if (kind != null) query.andWhere('office.kind = :kind', { kind });
  if (openOn != null) whereExisted(query, openOn, openDays);
  if (search != null) textSearch.containsText(query, 'searchText', search);
  return query;
}

@Resolver(() => Office)
export class OfficeResolver {
  @Query(() => Office, {
    nullable: true,
    description: 'One office; null if no office has this id.',
  })
  @Access('open')
  office(
    @Arg('id', () => ID, { description: 'Id of the office: `ncm:led`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Office | null> {
    return loaders.one(Office).load(id);
  }

  @Query(() => [Office], { nullable: true, description: 'Offices, by id.' })
  @Access('open')
  offices(
    @Arg('filter', () => OfficeFilter, {
      nullable: true,
      description: 'All offices if left out, including closed ones.',
    })
    filter: OfficeFilter | null,
    @Ctx() { source }: PartnerContext,
  ): Promise<Office[]> {
    const query = source.getRepository(Office).createQueryBuilder('office');
    return readRows(orderBy(filterOffices(query, filter ?? {}), byId));
  }

  @Mutation(() => Office, {
    nullable: true,
    description:
      'Registers an office, which is open until `closeOffice` closes it. `NOT_FOUND` for an unknown parent. Rules: DUPLICATE, REHEARSAL, MERGED.',
  })
  @Access('coordinator')
  registerOffice(
    @Arg('input', () => RegisterOfficeInput, { description: words.Input.input })
    input: RegisterOfficeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Office> {
    return registerOffice(context, input);
  }

  @Mutation(() => Office, {
    nullable: true,
    description:
      'Changes what is known of an office. `CONFLICT` with `currentVersion` if it has changed since; `NOT_FOUND` for an unknown parent. Rules: DUPLICATE, DATE_ORDER, REHEARSAL, MERGED.',
  })
  @Access('coordinator')
  changeOffice(
    @Arg('input', () => ChangeOfficeInput, { description: words.Input.input })
    input: ChangeOfficeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Office> {
    return changeOffice(context, input);
  }

  @Mutation(() => Office, {
    nullable: true,
    description:
      'Records when an office closes, or without `closedOn` that it is open again. What it co-ordinates or hosts stays as planned, and its later steps are refused (rule CLOSED). Rules: DATE_ORDER, MERGED.',
  })
  @Access('coordinator')
  closeOffice(
    @Arg('input', () => CloseOfficeInput, { description: words.Input.input })
    input: CloseOfficeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Office> {
    return closeOffice(context, input);
  }

  @FieldResolver(() => Office, {
    nullable: true,
    description: 'The office of which it is a branch; null for an independent office.',
  })
  parent(
    @Root() { parentId }: Office,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Office | null> | null {
    return parentId === null ? null : loaders.one(Office).load(parentId);
  }

  @FieldResolver(() => [Office], { nullable: true, description: 'Its branches, by id.' })
  branches(
    @Root() { id }: Office,
    @Arg('rehearsals', () => Boolean, vocabulary.takenRehearsals) rehearsals: boolean | null,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Office[]> {
    const where = { ...withoutRehearsals(rehearsals).where, mergedIntoId: IsNull() };
    return loaders.many(Office, 'parentId', { where }).load(id);
  }

  @FieldResolver(() => [Region], {
    nullable: true,
    description: 'The regions of `coverages`. `coverages` says whether a source states them.',
    deprecationReason: 'Use `Office.coverages`.',
  })
  covers(@Root() { id }: Office, @Ctx() { loaders }: PartnerContext): Promise<Region[]> {
    return loaders.many(Region, 'officeId', { orderBy: byCode }).load(id);
  }

  @FieldResolver(() => [RegionCoverage], {
    description: 'The regions that the office covers, by code, each with its source.',
  })
  async coverages(
    @Root() office: Office,
    @Ctx() context: PartnerContext,
  ): Promise<RegionCoverage[]> {
    const regions = await this.covers(office, context);
    return regions.map((region) => ({
      region,
      isStated: region.coverageIsStated,
      source: region.coverageSource,
      checkedOn: region.coverageCheckedOn,
    }));
  }

  @FieldResolver(() => [Claim], {
    nullable: true,
    description: words.Claim.all,
  })
  claims(@Root() { id }: Office, @Ctx() { loaders }: PartnerContext): Promise<Claim[]> {
    return loaders.many(Claim, 'officeId').load(id);
  }
}
