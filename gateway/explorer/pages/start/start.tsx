import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { whyLacking } from '../../client/why-null.ts';
import { journeyLink, lookLinks, pageLinks, ways } from '../../frame/page-links.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { graphql } from '../../generated/gql.ts';
import type { PageStartQuery } from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Facts } from '../../parts/facts.tsx';
import { directoryHref, programmeHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { Known } from '../../parts/no-value.tsx';
import { PartnerState } from '../../parts/partner-state.tsx';
import { SearchForm } from '../../parts/search-form.tsx';
import { Source } from '../../parts/source.tsx';
import { isStaff, person } from '../../session/session.ts';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import { joinNames, nameOfEnds } from '../../words/names.ts';
import { AnalystDesk } from './analyst-desk.tsx';
import { AuditDesk } from './audit-desk.tsx';
import { Desk } from './desk.tsx';

const startQuery = graphql(`
  query PageStart {
    partners {
      code
      status
      membership
    }
    events(first: 1) {
      totalCount
    }
    organisations(first: 1) {
      totalCount
    }
    offices {
      id
    }
    groups(first: 1, filter: { rehearsals: false }) {
      totalCount
    }
    programmes {
      id
      isRehearsal
      title
      startsOn
      endsOn
      plannedGroups
      groupSizeMin
      groupSizeMax
      plannedJourneys {
        from {
          id
          name
        }
        to {
          id
          name
        }
      }
      source
    }
  }
`);

function Ways({ links }: { links: typeof pageLinks }) {
  return (
    <ul class="cards">
      {links.map(({ href, label }) => {
        const text = ways[href];
        return text ? (
          <li key={href}>
            <a href={href}>
              <strong>{t(label)}</strong>
              <span>{t(text)}</span>
            </a>
          </li>
        ) : null;
      })}
    </ul>
  );
}

type StartProgramme = NonNullable<PageStartQuery['programmes']>[number];

/** What is documented of a programme, for those who come for the first time. */
function ProgrammeFacts({ programme }: { programme: StartProgramme }) {
  const { title, startsOn, endsOn, plannedGroups, plannedJourneys, source } = programme;
  const { groupSizeMin: least, groupSizeMax: most } = programme;
  return (
    <section class="start-programme">
      <h2>
        <a href={programmeHref(programme.id)}>{title}</a>
      </h2>
      <Facts
        isInline
        facts={[
          [t('programme.starts'), startsOn && formatDate(startsOn)],
          [t('programme.ends'), endsOn && formatDate(endsOn)],
          [t('programme.plannedGroups'), plannedGroups],
          [t('programme.members'), least !== null && most !== null && `${least}–${most}`],
          [
            t('programme.direction'),
            joinNames([...new Set(plannedJourneys.map((journey) => nameOfEnds(journey)))]),
          ],
          [t('programme.source'), source && <Source url={source} />],
        ]}
      />
    </section>
  );
}

/** Whether all respond, in one line; else who does not. */
function Responding({ partners }: { partners: NonNullable<PageStartQuery['partners']> }) {
  const members = partners.filter(({ membership }) => membership === 'MEMBER');
  const wrong = members.filter(({ status }) => status !== 'ANSWERING');
  const [all, some] = [formatNumber(members.length), formatNumber(wrong.length)];
  const isWell = wrong.length === 0;
  return (
    <>
      <p class={isWell ? 'finding good' : 'finding bad'}>
        <span aria-hidden="true">{isWell ? '✓' : '✕'}</span>{' '}
        <a href="/status">
          {isWell ? t('status.allWell', { all }) : t('status.notWell', { wrong: some, all })}
        </a>
      </p>
      <ul class="partners">
        {wrong.map(({ code, status }) => (
          <li key={code}>
            <span>{nameOfPartner(code)}</span>
            <PartnerState status={status} />
          </li>
        ))}
      </ul>
    </>
  );
}

const bodiesOf = (kind: string) => `${directoryHref('bodies')}&kind=${kind}`;

/** What they need not come here for: tasks, and this page. */
const visitorLinks = [...pageLinks.filter(({ href }) => href !== '/tasks'), ...lookLinks];

/** The first page: what waits for the reader, what the network is, which partners respond now, and ways in. */
export function Start() {
  const { response, refetch } = useQuery(startQuery, {});
  const { data } = response ?? {};
  const counts = [
    [
      'start.organisations',
      'organisations',
      data?.organisations?.totalCount,
      bodiesOf('Organisation'),
    ],
    ['start.offices', 'offices', data?.offices?.length, bodiesOf('Office')],
    ['start.events', 'events', data?.events?.totalCount, directoryHref('events')],
    ['start.groups', 'groups', data?.groups?.totalCount, '/programme'],
  ] as const;
  const { role = '' } = person.value ?? {};
  const isVisitor = !isStaff() && role !== 'auditor';
  const { route } = useLocation();
  // Who travels has one page.
  const isParticipant = role === 'participant';
  useEffect(() => {
    if (isParticipant) route(journeyLink.href, true);
  }, [isParticipant]);
  if (isParticipant) return <Loading />;
  const errors = response?.errors ?? [];
  // Before the first group that is no rehearsal, there is nothing to count.
  const shown = counts.filter(([, , count]) => count !== 0);
  return (
    <>
      <h1>{t('frame.title')}</h1>
      {isStaff() && <Desk />}
      {role === 'auditor' && <AuditDesk />}
      {isVisitor && (
        <>
          <p class="lead">{t('start.lead')}</p>
          <p>{t('start.what')}</p>
          <SearchForm />
          {person.value && <AnalystDesk />}
          {data?.programmes === null && (
            <section class="start-programme">
              <NoPart errors={errors} path={['programmes']} owner="nbnp" />
            </section>
          )}
          {data?.programmes
            ?.filter(({ isRehearsal }) => !isRehearsal)
            .map((programme) => (
              <ProgrammeFacts key={programme.id} programme={programme} />
            ))}
        </>
      )}
      {!response && <Loading />}
      {isVisitor && (
        <>
          <h2>{t('start.ways')}</h2>
          <Ways links={visitorLinks} />
        </>
      )}
      <h2>{t('start.now')}</h2>
      <ResponseNote response={response} refetch={refetch} />
      {data?.partners && <Responding partners={data.partners} />}
      {data && (
        <>
          <h2>{t('start.facts')}</h2>
          <dl class="counts">
            {shown.map(([label, list, count, href]) =>
              count === 0 ? null : (
                <div key={label}>
                  <dt>{t(label)}</dt>
                  <dd>
                    <Known
                      value={count == null ? null : <a href={href}>{formatNumber(count)}</a>}
                      why={whyLacking(errors, [list])}
                    />
                  </dd>
                </div>
              ),
            )}
          </dl>
        </>
      )}
    </>
  );
}
