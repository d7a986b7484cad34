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
import { PageNote, WithheldNote } from '../page-note.tsx';
import { Activities } from './activities.tsx';
import { addCounts, describeCount, exactly, type Count } from './counts.ts';
import { Figure, useChosen, type FigureRow, type PartProps, type View } from './figure.tsx';
import { statisticsQuery } from './statistics-query.ts';

const views = ['chart', 'table'] as const;

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

/** What has been said of people, in a sentence: how many were nominated and selected, and their reports. */
function findOfPeople(rows: readonly People[]): string {
  const words = (pick: (row: People) => Count | null) => {
    const sum = addCounts(rows.map(pick));
    return sum ? describeCount(sum) : t('response.missing');
  };
  return t('statistics.peopleFinding', {
    nominated: words(({ nominated }) => nominated),
    members: words(({ members }) => members),
    received: words(({ reportsReceived }) => reportsReceived),
    expected: words(({ reportsExpected }) => reportsExpected),
  });
}

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
      finding={findOfPeople(delegateStatistics)}
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

/** Rows of the countries whose police forces did not respond, and which have none. */
function absentRows(errors: readonly GraphError[], field: string): readonly FigureRow[] {
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

function Officers({ data: { officerStatistics }, errors, view }: PartProps) {
  const { wanted = 'POLICE', choose } = useChosen('group');
  if (!officerStatistics) return <NoPart errors={errors} path={['officerStatistics']} />;
  const targetGroups = distinct(officerStatistics.map(({ targetGroup }) => targetGroup));
  const chosen = targetGroups.find((one) => one === wanted) ?? targetGroups[0];
  return (
    <Figure
      name="officers"
      title={`${t('statistics.officers')}${chosen ? `: ${t(`targetGroups.${chosen}`)}` : ''}`}
      finding={findOfPeople(officerStatistics.filter(({ targetGroup }) => targetGroup === chosen))}
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
  );
}

function ExpertLanguages({ data: { expertStatistics }, errors, view }: PartProps) {
  const { wanted, choose } = useChosen('language');
  if (!expertStatistics) return <NoPart errors={errors} path={['expertStatistics']} />;
  const languages = distinct(expertStatistics.map(({ language }) => language));
  const chosen = languages.find((one) => one === wanted) ?? languages[0];
  const ofChosen = expertStatistics.filter(({ language }) => language === chosen);
  const all = addCounts(ofChosen.map(({ experts }) => experts));
  return (
    <Figure
      name="experts"
      title={`${t('statistics.experts')}${chosen ? `: ${nameOfLanguage(chosen)}` : ''}`}
      finding={t('statistics.expertsFinding', {
        experts: all ? describeCount(all) : t('response.missing'),
        language: chosen ? nameOfLanguage(chosen) : '',
      })}
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
        ...absentRows(errors, 'expertStatistics'),
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
      <p>{t('statistics.rangesNote')}</p>
      <PageNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {parts && (
        <>
          <ViewChoice view={view} />
          <Activities {...parts} />
          <Sectors {...parts} />
          <Delegates {...parts} />
          <Officers {...parts} />
          <ExpertLanguages {...parts} />
        </>
      )}
      <WithheldNote response={response} />
    </article>
  );
}
