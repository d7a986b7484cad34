import { Access } from '@hub/shared/identity';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { peopleCounts } from '@hub/shared/programme';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { ExpertStatistics } from '../entities/expert-statistics.js';
import { ExpertLanguage } from '../entities/expert.entity.js';
import { findExperts } from '../experts/find-experts.js';
import { ExpertStatisticsFilter } from './statistics.input.js';

/** Rows that are always present do not reveal that somebody speaks the language. */
const knownLanguages = ['da', 'en', 'et', 'fi', 'is', 'lt', 'lv', 'nb', 'ru', 'sv'];

/** How many experts speak each language. */
async function countSpeakers(
  context: PartnerContext,
  filter: ExpertStatisticsFilter,
): Promise<ReadonlyMap<string, number>> {
  const experts = findExperts(context, filter).select('expert.id');
  const rows = await context.source
    .getRepository(ExpertLanguage)
    .createQueryBuilder('spoken')
    .select('spoken.language', 'language')
    .addSelect('COUNT(*)', 'count')
    .where(`spoken.expertId IN (${experts.getQuery()})`)
    .setParameters(experts.getParameters())
    .groupBy('spoken.language')
    .getRawMany<{ language: string; count: number | string }>();
  return new Map(rows.map(({ language, count }) => [language, Number(count)]));
}

@Resolver(() => ExpertStatistics)
export class ExpertStatisticsResolver {
  @Query(() => [ExpertStatistics], {
    nullable: true,
    description:
      'The experts of each police force, one row for each language. Only callers who may see the people may filter by a role or field (`FORBIDDEN`).',
  })
  @Access('open')
  async expertStatistics(
    @Arg('filter', () => ExpertStatisticsFilter, {
      nullable: true,
      description: 'All experts of all police forces if left out.',
    })
    filter: ExpertStatisticsFilter | null,
    @Ctx() context: PartnerContext,
  ): Promise<ExpertStatistics[]> {
    peopleCounts.checkMayPick([filter?.role, filter?.field, filter?.rehearsals || null], context);
    const country = codes.countryOf(context.partner);
    if (filter?.country != null && filter.country !== country) return [];
    const speakers = await countSpeakers(context, filter ?? {});
    return [...new Set([...knownLanguages, ...speakers.keys()])]
      .map((language) => ({
        id: `${context.partner}:${language}`,
        country,
        language,
        experts: peopleCounts.showCount(speakers.get(language) ?? 0, context),
      }))
      .filter(
        ({ language, experts }) => experts.value !== null || knownLanguages.includes(language),
      )
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
}
