import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { whyAbsent, whyNull } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import type { PageRegionQuery } from '../../../generated/graphql.ts';
import { Facts } from '../../../parts/facts.tsx';
import { labelOf, say, titleOf, useFormWords } from '../../../parts/form/form-words.ts';
import { programmeHref, siteHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { FormLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { t } from '../../../words/language.ts';
import { joinNames, nameOfCountry, nameOfRegion, nameOfSide } from '../../../words/names.ts';
import { listBodiesOf } from './bodies-of-region.ts';
import { regionQuery } from './source-query.ts';
import { BodyLink, Ended, KnownPage, Sourced } from './sources.tsx';

type Region = NonNullable<PageRegionQuery['region']>;

function RegionFacts({ region: { code, country, variants, office } }: { region: Region }) {
  const covered = office?.coverages.find((one) => one.region.code === code);
  return (
    <Facts
      facts={[
        [t('network.country'), nameOfCountry(country)],
        [labelOf('variants'), joinNames(variants)],
        [
          say('coveredBy'),
          office ? (
            <>
              <BodyLink body={office} />
              <Ended on={office.closedOn} />
            </>
          ) : (
            say('noOffice')
          ),
        ],
        [
          t('network.source'),
          covered &&
            (covered.isStated ? (
              <Sourced source={covered.source} on={covered.checkedOn} />
            ) : (
              say('notStated')
            )),
        ],
      ]}
    />
  );
}

interface SectionsProps {
  readonly region: Region;
  readonly data: PageRegionQuery;
}

/** Who has a seat in its cities: real ones first. */
function Bodies({ region, data: { regionalSites, offices, organisations } }: SectionsProps) {
  const bodies = listBodiesOf(region, regionalSites ?? [], [
    ...(offices ?? []),
    // Only offices are invented for rehearsals.
    ...(organisations?.nodes ?? []).map((body) => ({ ...body, isRehearsal: false })),
  ]);
  const cities = [...new Set(bodies.flatMap(({ city }) => city ?? []))];
  if (bodies.length === 0) return null;
  return (
    <>
      <h2>{say('bodiesThere', { cities: joinNames(cities) })}</h2>
      <ul>
        {bodies.map((body) => (
          <li key={body.id}>
            <BodyLink body={body} />
            <Ended on={body.closedOn} />
            <Rehearsal of={body} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where groups can go there, and which programmes have it on one of their sides. */
function Sections({ region: { code }, data: { regionalSites, programmes } }: SectionsProps) {
  const sites = (regionalSites ?? []).filter(({ region }) => region?.code === code);
  // What is real stands first.
  const ordered = (programmes ?? []).toSorted(
    (one, other) => Number(one.isRehearsal) - Number(other.isRehearsal),
  );
  const sides = ordered.flatMap(({ id, title, isRehearsal, sides: all }) =>
    (all ?? [])
      .filter(({ regions }) => regions.some((one) => one.code === code))
      .map((side) => ({
        id: `${id} ${side.id}`,
        isRehearsal,
        name: `${title}: ${nameOfSide(side)}`,
        href: programmeHref(id),
      })),
  );
  return (
    <>
      {regionalSites && (
        <>
          <h2>{say('list_sites')}</h2>
          {sites.length === 0 && <p class="soft">{say('noSites')}</p>}
          <ul>
            {sites.map(({ id, name, city }) => (
              <li key={id}>
                <a href={siteHref(id)}>{name ?? t('response.missing')}</a>
                {city && <span class="soft"> {city}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {sides.length > 0 && (
        <>
          <h2>{say('programmes')}</h2>
          <ul>
            {sides.map(({ id, name, href, isRehearsal }) => (
              <li key={id}>
                <a href={href}>{name}</a>
                <Rehearsal of={{ isRehearsal }} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** One region: who covers it, which source says so, and what leads there. */
export function RegionPage() {
  const { query } = useLocation();
  const code = query['code'] ?? '';
  const { response, refetch } = useQuery(regionQuery, { code });
  const areWordsHere = useFormWords();
  const { data, errors = [] } = response ?? {};
  const region = data?.region;
  const name = region ? nameOfRegion(region) : undefined;
  useTitle(name);
  if (!areWordsHere) return <Loading />;
  const why = whyNull(errors, ['region'], 'ncm');
  return (
    <KnownPage
      list="regions"
      title={name ?? labelOf('region')}
      record={undefined}
      response={response}
      refetch={refetch}
      missing={
        why === 'unknown' ? say('noSuch') : <NoValue why={whyAbsent(['ncm'])} partners={['ncm']} />
      }
    >
      {region && data && (
        <>
          <RegionFacts region={region} />
          <FormLinks by="ncm" id={code} forms={[['setCoverage', titleOf('setCoverage')]]} />
          <Bodies region={region} data={data} />
          <Sections region={region} data={data} />
          {!data.programmes && <NoPart errors={errors} path={['programmes']} owner="nbnp" />}
        </>
      )}
    </KnownPage>
  );
}
