import { useSignal } from '@preact/signals';
import type { GraphError } from '../../../client/send-operation.ts';
import { useQuery } from '../../../client/use-query.ts';
import { absentAt, whyAbsent, whyMissing } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { t } from '../../../words/language.ts';
import { nameOfCountry, nameOfLanguage } from '../../../words/names.ts';
import { PageNote } from '../page-note.tsx';
import { exactly, type Count } from './counts.ts';
import { PlotWithTable, type StatisticsRow } from './plot-with-table.tsx';
import { statisticsQuery, type StatisticsData } from './statistics-query.ts';

interface PartProps {
  readonly data: StatisticsData;
  readonly errors: readonly GraphError[];
}

interface People {
  readonly nominated: Count;
  readonly members: Count | null;
  readonly reportsExpected: Count | null;
  readonly reportsReceived: Count;
}

const peopleMeasures = (): readonly string[] => [
  t('statistics.nominated'),
  t('statistics.members'),
  t('statistics.reportsExpected'),
  t('statistics.reportsReceived'),
];

const countsOf = ({ nominated, members, reportsExpected, reportsReceived }: People) => [
  nominated,
  members ?? undefined,
  reportsExpected ?? undefined,
  reportsReceived,
];

function Sectors({ data: { sectorStatistics }, errors }: PartProps) {
  if (!sectorStatistics) return <NoPart errors={errors} path={['sectorStatistics']} owner="nbnp" />;
  return (
    <PlotWithTable
      title={t('statistics.sectors')}
      why={whyMissing(errors, ['sectorStatistics'])}
      rowTitle={t('statistics.sector')}
      measures={[
        t('statistics.stops'),
        t('statistics.visits'),
        t('statistics.groups'),
        t('statistics.members'),
      ]}
      rows={sectorStatistics.map(({ id, sector, stops, visits, groups, members }) => ({
        key: id,
        label: t(`sectors.${sector}`),
        counts: [exactly(stops), exactly(visits), exactly(groups), members ?? undefined],
      }))}
    />
  );
}

function Delegates({ data: { delegateStatistics }, errors }: PartProps) {
  if (!delegateStatistics)
    return <NoPart errors={errors} path={['delegateStatistics']} owner="ncm" />;
  const isOneCountry = distinct(delegateStatistics.map(({ country }) => country)).length === 1;
  return (
    <PlotWithTable
      title={t('statistics.delegates')}
      why={whyMissing(errors, ['delegateStatistics'])}
      rowTitle={t('programme.targetGroup')}
      measures={peopleMeasures()}
      rows={delegateStatistics.map((row) => ({
        key: row.id,
        label: isOneCountry
          ? t(`targetGroups.${row.targetGroup}`)
          : `${nameOfCountry(row.country)}: ${t(`targetGroups.${row.targetGroup}`)}`,
        counts: countsOf(row),
      }))}
    />
  );
}

/** Rows of the countries whose police forces did not respond, and which have none. */
function absentRows(errors: readonly GraphError[], field: string): readonly StatisticsRow[] {
  const police = absentAt(errors, [field]).filter((code) => code !== 'nbnp' && code !== 'ncm');
  return police.map((code) => {
    const country = code.toUpperCase();
    return { key: code, label: nameOfCountry(country), counts: [], why: whyAbsent([code]) };
  });
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: Value | undefined;
  readonly nameOf: (value: Value) => string;
  readonly choose: (value: string) => void;
}

function Choice<Value extends string>({
  label,
  values,
  chosen,
  nameOf,
  choose,
}: ChoiceProps<Value>) {
  return (
    <label class="measure">
      {label}
      <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {values.map((value) => (
          <option key={value} value={value}>
            {nameOf(value)}
          </option>
        ))}
      </select>
    </label>
  );
}

const distinct = <Value,>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

function Officers({ data: { officerStatistics }, errors }: PartProps) {
  const wanted = useSignal<string>('POLICE');
  if (!officerStatistics) return <NoPart errors={errors} path={['officerStatistics']} />;
  const targetGroups = distinct(officerStatistics.map(({ targetGroup }) => targetGroup));
  const chosen = targetGroups.find((one) => one === wanted.value) ?? targetGroups[0];
  return (
    <>
      <Choice
        label={t('programme.targetGroup')}
        values={targetGroups}
        chosen={chosen}
        nameOf={(value) => t(`targetGroups.${value}`)}
        choose={(value) => (wanted.value = value)}
      />
      <PlotWithTable
        title={t('statistics.officers')}
        why={whyMissing(errors, ['officerStatistics'])}
        rowTitle={t('programme.country')}
        measures={peopleMeasures()}
        rows={[
          ...officerStatistics
            .filter(({ targetGroup }) => targetGroup === chosen)
            .map((row) => ({
              key: row.id,
              label: nameOfCountry(row.country),
              counts: countsOf(row),
            })),
          ...absentRows(errors, 'officerStatistics'),
        ]}
      />
    </>
  );
}

function ExpertLanguages({ data: { expertStatistics }, errors }: PartProps) {
  const wanted = useSignal<string | undefined>(undefined);
  if (!expertStatistics) return <NoPart errors={errors} path={['expertStatistics']} />;
  const languages = distinct(expertStatistics.map(({ language }) => language));
  const chosen = languages.find((one) => one === wanted.value) ?? languages[0];
  return (
    <>
      <Choice
        label={t('statistics.language')}
        values={languages}
        chosen={chosen}
        nameOf={nameOfLanguage}
        choose={(value) => (wanted.value = value)}
      />
      <PlotWithTable
        title={t('statistics.experts')}
        why={whyMissing(errors, ['expertStatistics'])}
        rowTitle={t('programme.country')}
        measures={[t('statistics.expertsNumber')]}
        rows={[
          ...expertStatistics
            .filter(({ language }) => language === chosen)
            .map(({ id, country, experts }) => ({
              key: id,
              label: nameOfCountry(country),
              counts: [experts],
            })),
          ...absentRows(errors, 'expertStatistics'),
        ]}
      />
    </>
  );
}

/** Counts of the programmes, for everybody. Small counts of people are ranges. */
export function Statistics() {
  const { response, refetch } = useQuery(statisticsQuery, {});
  const data = response?.data;
  useTitle(t('programme.statistics'));
  const parts = data && { data, errors: response.errors };
  return (
    <article class="statistics">
      <p class="way-up">
        <a href="/programme">{t('programme.allGroups')}</a>
      </p>
      <h1>{t('programme.statistics')}</h1>
      <p class="lead">{t('statistics.lead')}</p>
      <p>{t('statistics.rangesNote')}</p>
      <PageNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {parts && (
        <>
          <h2>{t('statistics.sectors')}</h2>
          <p>{t('statistics.sectorsNote')}</p>
          <Sectors {...parts} />
          <h2>{t('statistics.delegates')}</h2>
          <Delegates {...parts} />
          <h2>{t('statistics.officers')}</h2>
          <Officers {...parts} />
          <h2>{t('statistics.experts')}</h2>
          <ExpertLanguages {...parts} />
        </>
      )}
    </article>
  );
}
