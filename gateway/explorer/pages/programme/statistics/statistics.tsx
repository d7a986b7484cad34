import { useLocation } from 'preact-iso';
import type { GraphError } from '../../../client/send-operation.ts';
import { useQuery } from '../../../client/use-query.ts';
import { absentAt, whyAbsent, whyMissing } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { useTitle } from '../../../frame/title.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry, nameOfLanguage } from '../../../words/names.ts';
import { PageNote } from '../page-note.tsx';
import { Activities } from './activities.tsx';
import { exactly } from './counts.ts';
import { Figure, useChosen, type FigureRow, type PartProps, type View } from './figure.tsx';
import { countsOf, findOfExperts, findOfPeople } from './findings.ts';
import { statisticsQuery } from './statistics-query.ts';

const views = ['chart', 'table'] as const;

const peopleMeasures = (): readonly string[] => [
  t('statistics.nominated'),
  t('statistics.members'),
  t('statistics.reportsExpected'),
  t('statistics.reportsReceived'),
];

function Sectors({ data: { sectorStatistics }, errors, view }: PartProps) {
  if (!sectorStatistics) return <NoPart errors={errors} path={['sectorStatistics']} owner="nbnp" />;
  const all = sectorStatistics.reduce((sum, { stops }) => sum + stops, 0);
  const [most] = sectorStatistics.toSorted((one, other) => other.stops - one.stops);
  return (
    <Figure
      name="sectors"
      title={t('statistics.sectors')}
      finding={
        most && all > 0
          ? t('statistics.sectorsFinding', {
              sector: t(`sectors.${most.sector}`),
              most: formatNumber(most.stops),
              all: formatNumber(all),
            })
          : t('statistics.noStops')
      }
      why={whyMissing(errors, ['sectorStatistics'])}
      source={nameOfPartner('nbnp')}
      view={view}
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

function Delegates({ data: { delegateStatistics }, errors, view }: PartProps) {
  if (!delegateStatistics)
    return <NoPart errors={errors} path={['delegateStatistics']} owner="ncm" />;
  const isOneCountry = distinct(delegateStatistics.map(({ country }) => country)).length === 1;
  return (
    <Figure
      name="delegates"
      title={t('statistics.delegates')}
      finding={findOfPeople(delegateStatistics, 'statistics.delegatesWithheld')}
      why={whyMissing(errors, ['delegateStatistics'])}
      source={nameOfPartner('ncm')}
      view={view}
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

/** The countries whose police forces did not respond. */
const absentCountries = (errors: readonly GraphError[], field: string): readonly string[] =>
  absentAt(errors, [field])
    .filter((code) => code !== 'nbnp' && code !== 'ncm')
    .map((code) => code.toUpperCase());

/** Their rows, which have no counts. */
const absentRows = (countries: readonly string[]): readonly FigureRow[] =>
  countries.map((country) => ({
    key: country,
    label: nameOfCountry(country),
    counts: [],
    why: whyAbsent([country.toLowerCase()]),
  }));

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

function Officers({ data: { officerStatistics }, errors, view }: PartProps) {
  const { wanted = 'POLICE', choose } = useChosen('group');
  if (!officerStatistics) return <NoPart errors={errors} path={['officerStatistics']} />;
  const targetGroups = distinct(officerStatistics.map(({ targetGroup }) => targetGroup));
  const chosen = targetGroups.find((one) => one === wanted) ?? targetGroups[0];
  const ofChosen = officerStatistics.filter(({ targetGroup }) => targetGroup === chosen);
  const absent = absentCountries(errors, 'officerStatistics');
  return (
    <Figure
      name="officers"
      title={`${t('statistics.officers')}${chosen ? `: ${t(`targetGroups.${chosen}`)}` : ''}`}
      finding={findOfPeople(ofChosen, 'statistics.officersWithheld', absent)}
      why={whyMissing(errors, ['officerStatistics'])}
      source={t('statistics.polices')}
      view={view}
      choice={
        <Choice
          label={t('programme.targetGroup')}
          values={targetGroups}
          chosen={chosen}
          nameOf={(value) => t(`targetGroups.${value}`)}
          choose={choose}
        />
      }
      rowTitle={t('programme.country')}
      measures={peopleMeasures()}
      rows={[
        ...ofChosen.map((row) => ({
          key: row.id,
          label: nameOfCountry(row.country),
          counts: countsOf(row),
        })),
        ...absentRows(absent),
      ]}
    />
  );
}

function ExpertLanguages({ data: { expertStatistics }, errors, view }: PartProps) {
  const { wanted, choose } = useChosen('language');
  if (!expertStatistics) return <NoPart errors={errors} path={['expertStatistics']} />;
  const languages = distinct(expertStatistics.map(({ language }) => language));
  const chosen = languages.find((one) => one === wanted) ?? languages[0];
  const ofChosen = expertStatistics.filter(({ language }) => language === chosen);
  const absent = absentCountries(errors, 'expertStatistics');
  return (
    <Figure
      name="experts"
      title={`${t('statistics.experts')}${chosen ? `: ${nameOfLanguage(chosen)}` : ''}`}
      finding={findOfExperts(
        chosen ?? '',
        ofChosen.map(({ experts }) => experts),
        absent,
      )}
      why={whyMissing(errors, ['expertStatistics'])}
      source={t('statistics.polices')}
      view={view}
      choice={
        <Choice
          label={t('statistics.language')}
          values={languages}
          chosen={chosen}
          nameOf={nameOfLanguage}
          choose={choose}
        />
      }
      rowTitle={t('programme.country')}
      measures={[t('statistics.expertsNumber')]}
      rows={[
        ...ofChosen.map(({ id, country, experts }) => ({
          key: id,
          label: nameOfCountry(country),
          counts: [experts],
        })),
        ...absentRows(absent),
      ]}
    />
  );
}

/** Charts or tables: the address says which. */
function ViewChoice({ view }: { view: View }) {
  const { query } = useLocation();
  const hrefOf = (one: View) => {
    const { view: _, ...others } = query;
    const all = new URLSearchParams({
      ...others,
      ...(one === 'table' && { view: one }),
    }).toString();
    return `/programme/statistics${all && `?${all}`}`;
  };
  return (
    <nav class="view-choice" aria-label={t('statistics.views')}>
      <ul>
        {views.map((one) => (
          <li key={one}>
            <a href={hrefOf(one)} aria-current={one === view ? 'true' : undefined}>
              {t(`statistics.${one}s`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Counts of the programmes, for everybody. Small counts of people are ranges. */
export function Statistics() {
  const { response, refetch } = useQuery(statisticsQuery, {});
  const { query } = useLocation();
  const view: View = query['view'] === 'table' ? 'table' : 'chart';
  const data = response?.data;
  useTitle(t('programme.statistics'));
  const parts = data && { data, errors: response.errors, view };
  return (
    <article class="statistics">
      <p class="way-up">
        <a href="/programme">{t('programme.allGroups')}</a>
      </p>
      <h1>{t('programme.statistics')}</h1>
      <p class="lead">{t('statistics.lead')}</p>
      <p class="ranges-note">
        {t('statistics.rangesNote')} {view === 'chart' && t('statistics.rangesBars')}
      </p>
      <PageNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {parts && (
        <>
          <ViewChoice view={view} />
          <div class={`figures ${view}s`}>
            <Activities {...parts} />
            <Sectors {...parts} />
            <Delegates {...parts} />
            <Officers {...parts} />
            <ExpertLanguages {...parts} />
          </div>
        </>
      )}
    </article>
  );
}
