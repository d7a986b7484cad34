import { whyMissing } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { NoPart } from '../../../parts/no-part.tsx';
import { findActivities } from '../../../words/activities.ts';
import { t } from '../../../words/language.ts';
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
  const { rows, finding } = findActivities(events);
  return (
    <Figure
      name="activities"
      title={t('statistics.activities')}
      finding={finding}
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
