import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { absentAt, ownerOf, whyAbsent } from '../../../client/why-null.ts';
import { countryOfPolice } from '../../../frame/settings.ts';
import { useTitle } from '../../../frame/title.ts';
import { graphql } from '../../../generated/gql.ts';
import type { PageSitesQuery } from '../../../generated/graphql.ts';
import { Facts } from '../../../parts/facts.tsx';
import {
  labelOf,
  nameOfValue,
  say,
  titleOf,
  useFormWords,
} from '../../../parts/form/form-words.ts';
import { eventHref, regionHref, siteHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { FormLinks } from '../../../parts/planning-links.tsx';
import { formatDate, t } from '../../../words/language.ts';
import { nameOfCountry, nameOfRegion } from '../../../words/names.ts';
import { nameOfForm, useKinds } from '../views/names.ts';
import { BodyLink, Claims, KnownPage, Sourced } from './sources.tsx';

/** All that is known of an institution. The graph reads them by lists alone, of one owner. */
const sitesQuery = graphql(`
  query PageSites($country: CountryCode, $national: Boolean!, $regional: Boolean!) {
    nationalSites(filter: { country: $country, rehearsals: true, merged: true })
      @include(if: $national) {
      ...PageSite
      kind
      evidence
      visitedOn
      closedOn
      note
      source
      checkedOn
      isRehearsal
      claims {
        ...PageClaim
      }
      organisation {
        id
        name
      }
      event {
        id
        title
      }
      mergedInto {
        id
        name
      }
      unit {
        id
        name
      }
    }
    regionalSites(rehearsals: true, merged: true) @include(if: $regional) {
      ...PageSite
      kind
      evidence
      visitedOn
      closedOn
      note
      source
      checkedOn
      isRehearsal
      claims {
        ...PageClaim
      }
      organisation {
        id
        name
      }
      event {
        id
        title
      }
      mergedInto {
        id
        name
      }
      region {
        code
        name
      }
    }
  }

  fragment PageSite on Site {
    __typename
    id
    name
    country
    city
    sector
  }
`);

type Site =
  | NonNullable<PageSitesQuery['nationalSites']>[number]
  | NonNullable<PageSitesQuery['regionalSites']>[number];

/** The forms that change, end, reopen and merge an institution, by whose it is. */
const formsOf = {
  NationalSite: [
    'changeNationalSite',
    'closeNationalSite',
    'reopenNationalSite',
    'mergeNationalSites',
  ],
  RegionalSite: [
    'changeRegionalSite',
    'closeRegionalSite',
    'reopenRegionalSite',
    'mergeRegionalSites',
  ],
} as const;

function SiteSections({ site }: { site: Site }) {
  const { country, city, sector, kind, evidence, visitedOn, closedOn, organisation, event } = site;
  const [change, close, reopen, merge] = formsOf[site.__typename];
  return (
    <>
      {site.mergedInto && (
        <p class="note">
          {say('mergedInto')} <a href={siteHref(site.mergedInto.id)}>{site.mergedInto.name}</a>
        </p>
      )}
      <Facts
        facts={[
          [t('network.kind'), kind && nameOfForm(kind)],
          [labelOf('sector'), sector && nameOfValue('Sector', sector)],
          [t('network.country'), country && nameOfCountry(country)],
          [
            labelOf('region'),
            'region' in site && site.region ? (
              <a href={regionHref(site.region.code)}>{nameOfRegion(site.region)}</a>
            ) : null,
          ],
          [t('network.city'), city],
          [labelOf('evidence'), evidence && nameOfValue('SiteEvidence', evidence)],
          [labelOf('visitedOn'), visitedOn && formatDate(visitedOn)],
          [t('network.event'), event && <a href={eventHref(event.id)}>{event.title}</a>],
          [labelOf('closedOn'), closedOn && formatDate(closedOn)],
          [say('arrangedBy'), 'unit' in site && site.unit ? <BodyLink body={site.unit} /> : null],
          [say('belongsTo'), organisation && <BodyLink body={organisation} />],
          [t('network.note'), site.note],
          [t('network.source'), <Sourced source={site.source} on={site.checkedOn} />],
        ]}
      />
      {!site.mergedInto && (
        <FormLinks
          by={ownerOf(site.id)}
          id={site.id}
          forms={[
            [change, titleOf('changeBody')],
            closedOn === null ? [close, titleOf('closeBody')] : [reopen, titleOf('reopenBody')],
            [merge, titleOf('mergeBody')],
          ]}
        />
      )}
      <Claims claims={site.claims} />
    </>
  );
}

/** One institution that groups can visit: all that is known of it. */
export function SitePage() {
  const { query } = useLocation();
  const id = query['id'] ?? '';
  const regional = ownerOf(id) === 'ncm';
  const country = countryOfPolice(ownerOf(id));
  const { response, refetch } = useQuery(sitesQuery, {
    country,
    national: country !== null,
    regional,
  });
  const areWordsHere = useFormWords();
  const areKindsHere = useKinds();
  const { nationalSites, regionalSites } = response?.data ?? {};
  const site = [...(nationalSites ?? []), ...(regionalSites ?? [])].find((one) => one.id === id);
  useTitle(site?.name ?? undefined);
  if (!areWordsHere || !areKindsHere) return <Loading />;
  const list = regional ? 'regionalSites' : 'nationalSites';
  const isAway = absentAt(response?.errors ?? [], [list]).includes(ownerOf(id));
  return (
    <KnownPage
      list="sites"
      title={site?.name ?? labelOf('site')}
      record={site}
      response={response}
      refetch={refetch}
      missing={
        isAway ? <NoValue why={whyAbsent([ownerOf(id)])} partners={[ownerOf(id)]} /> : say('noSuch')
      }
    >
      {site && <SiteSections site={site} />}
    </KnownPage>
  );
}
