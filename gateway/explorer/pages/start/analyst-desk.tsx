import { useQuery } from '../../client/use-query.ts';
import { graphql } from '../../generated/gql.ts';
import { bodyHref, eventHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { Source } from '../../parts/source.tsx';
import { findActivities } from '../../words/activities.ts';
import { formatShare, t } from '../../words/language.ts';
import { formatEventDays } from '../../words/names.ts';

const analystQuery = graphql(`
  query PageAnalystDesk {
    events(first: 1000) {
      totalCount
      nodes {
        id
        title
        startsOn
        endsOn
        source
      }
    }
    centralities(first: 1) {
      party {
        id
        name
      }
      betweenness
      isRehearsal
    }
  }
`);

const mostLatest = 3;

/** What those see first who come to understand: what was found, in sentences, and the latest events. */
export function AnalystDesk() {
  const { response } = useQuery(analystQuery, {});
  if (!response) return <Loading />;
  const { data, errors } = response;
  const { events } = data ?? {};
  const [first] = data?.centralities ?? [];
  const latest = (events?.nodes ?? [])
    .filter(({ startsOn }) => startsOn !== null)
    .toSorted((one, other) => (other.startsOn ?? '').localeCompare(one.startsOn ?? ''))
    .slice(0, mostLatest);
  return (
    <section>
      <h2>{t('start.findings')}</h2>
      {events ? (
        <p class="finding">
          {findActivities(events).finding}{' '}
          <a href="/programme/statistics">{t('programme.statistics')}</a>
        </p>
      ) : (
        <NoPart errors={errors} path={['events']} owner="nbnp" />
      )}
      {first?.party?.name && !first.isRehearsal && (
        <p class="finding">
          {t('network.connectsMost', {
            names: first.party.name,
            share: formatShare(first.betweenness),
          })}{' '}
          <a href={bodyHref(first.party.id)}>{t('network.details')}</a>
        </p>
      )}
      {latest.length > 0 && (
        <>
          <h3>{t('start.latest')}</h3>
          <ul class="known">
            {latest.map(({ id, title, startsOn, endsOn, source }) => (
              <li key={id}>
                <a href={eventHref(id)}>{title}</a>{' '}
                <span class="soft">
                  {startsOn && formatEventDays(startsOn, endsOn)} <Source url={source} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
