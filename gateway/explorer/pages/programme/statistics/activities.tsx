import { whyMissing } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { NoPart } from '../../../parts/no-part.tsx';
import { formatNumber, t } from '../../../words/language.ts';
import { exactly } from './counts.ts';
import { Figure, type PartProps } from './figure.tsx';

/** What took place in each year, by the sources. Years without anything are shown too. */
export function Activities({ data: { events }, errors, view }: PartProps) {
  if (!events)
    return (
      <section class="figure to-come">
        <NoPart errors={errors} path={['events']} owner="nbnp" />
      </section>
    );
  const years = events.nodes.flatMap(({ startsOn }) => {
    const year = Number(startsOn?.slice(0, 4));
    return year > 0 ? [year] : [];
  });
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const rows = Array.from({ length: years.length > 0 ? last - first + 1 : 0 }, (_, index) => {
    const count = years.filter((year) => year === first + index).length;
    return { year: String(first + index), count };
  });
  const [most] = rows.toSorted((one, other) => other.count - one.count);
  return (
    <Figure
      name="activities"
      title={t('statistics.activities')}
      finding={
        most
          ? t('statistics.activitiesFinding', {
              events: formatNumber(years.length),
              first,
              last,
              year: most.year,
              most: formatNumber(most.count),
            }) +
            (events.totalCount > years.length
              ? ` ${t('statistics.withoutYear', { number: formatNumber(events.totalCount - years.length) })}`
              : '')
          : t('response.nothing')
      }
      why={whyMissing(errors, ['events'])}
      source={nameOfPartner('nbnp')}
      view={view}
      rowTitle={t('statistics.year')}
      measures={[t('statistics.activitiesNumber')]}
      isByYear
      rows={rows.map(({ year, count }) => ({ key: year, label: year, counts: [exactly(count)] }))}
    />
  );
}
