import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { whyNull } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import type { PageEventQuery } from '../../../generated/graphql.ts';
import { Facts } from '../../../parts/facts.tsx';
import {
  labelOf,
  nameOfValue,
  say,
  titleOf,
  useFormWords,
} from '../../../parts/form/form-words.ts';
import { eventHref, programmeHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { doersOfEvent, FormLinks, mayDo } from '../../../parts/planning-links.tsx';
import { Source } from '../../../parts/source.tsx';
import { Table } from '../../../parts/table/table.tsx';
import { formatDate, formatNumber, t } from '../../../words/language.ts';
import {
  formatDays,
  joinNames,
  nameCountries,
  nameOfCountry,
  nameOfLanguage,
} from '../../../words/names.ts';
import { eventQuery } from './known-query.ts';
import { BodyLink, Claims, KnownLinks, KnownPage, Sourced, Statements } from './sources.tsx';
import { WrittenNote } from './written-note.tsx';

type Event = NonNullable<PageEventQuery['event']>;

interface EventProps {
  readonly event: Event;
}

const EventLink = ({ event }: { event: { readonly id: string; readonly title: string } }) => (
  <a href={eventHref(event.id)}>{event.title}</a>
);

const EventLinks = ({ events }: { events: Event['parts'] }) => (
  <ul>
    {events.map((event) => (
      <li key={event.id}>
        <EventLink event={event} />
      </li>
    ))}
  </ul>
);

/** What a source states with the number of participants: whether they came or were invited. */
function quoteCount({ participants, statements }: Event): string | undefined {
  if (!participants) return undefined;
  const number = new RegExp(`(^|[^\\d])${participants.value} participants`);
  const found = statements.find(({ text }) => number.test(text));
  return found?.text.replace(/\.$/, '');
}

function EventFacts({ event }: EventProps) {
  const { startsOn, endsOn, city, countries, participants, programme, partOf, parts } = event;
  const days = [startsOn, endsOn].flatMap((day) => (day === null ? [] : formatDate(day)));
  // A source may name the year or the month alone.
  const areWhole = startsOn?.length === 10 && endsOn?.length === 10;
  // An event in parts took place where they did.
  const isWhole = city !== null || (countries ?? []).length > 0;
  const cities = isWhole ? [city] : [...new Set(parts.map((part) => part.city))];
  const where = isWhole
    ? (countries ?? [])
    : [...new Set(parts.flatMap((part) => part.countries ?? []))];
  const looked = [
    [t('network.date'), areWhole ? formatDays(startsOn, endsOn) : days.join(' – ')],
    [
      t('network.place'),
      joinNames([
        ...(event.venue === null ? [] : [event.venue]),
        ...cities.filter((one) => one !== null),
        ...nameCountries(where),
      ]),
    ],
    [
      t('network.participants'),
      participants &&
        `${formatNumber(participants.value)} (${quoteCount(event) ?? t(`countQualifiers.${participants.qualifier}`)})`,
    ],
  ] as const;
  const unknown = looked.filter(([, value]) => !value).map(([label]) => label);
  return (
    <Facts
      facts={[
        [t('network.kind'), t(`eventKinds.${event.kind}`)],
        ...looked.filter(([, value]) => value),
        // What everybody looks for is said to be unknown, once.
        [unknown.join(' · '), unknown.length > 0 && t('response.unknown')],
        [say('seminarDays'), event.seminarDays && formatNumber(event.seminarDays)],
        [t('network.aim'), event.aim],
        [labelOf('targetGroup'), event.targetGroup],
        [labelOf('workingLanguages'), joinNames(event.workingLanguages.map(nameOfLanguage))],
        [
          labelOf('programme'),
          programme && <a href={programmeHref(programme.id)}>{programme.title}</a>,
        ],
        // A programme says it by its title.
        [say('series'), !programme && event.series?.replaceAll('-', ' ')],
        [t('network.partOf'), partOf && <EventLink event={partOf} />],
        [t('network.part'), parts.length > 0 && <EventLinks events={parts} />],
        [t('network.note'), event.note && <WrittenNote note={event.note} />],
        [t('network.source'), <Source url={event.source} />],
      ]}
    />
  );
}

interface DoersProps extends EventProps {
  /** Whose co-ordinators may correct it. */
  readonly by: readonly string[];
}

/** Who did what there: those with a role, then those who were represented. */
function Roles({ event, by }: DoersProps) {
  const organisers = event.roles.filter(({ role }) => role === 'ORGANISER').length;
  const rows = [
    ...event.roles.map((one) => ({ ...one, what: t(`partyRoles.${one.role}`) })),
    ...event.represented.map((one) => ({
      ...one,
      role: undefined,
      group: one.what,
      what: t('network.represented'),
    })),
  ];
  if (rows.length === 0) return <p class="soft">{t('network.noRoles')}</p>;
  // An event keeps its last organiser.
  const isRemovable = ({ role, party }: (typeof rows)[number]) =>
    role !== undefined && party !== null && (role !== 'ORGANISER' || organisers > 1);
  const remove = (row: (typeof rows)[number]) =>
    isRemovable(row) && (
      <FormLinks
        by={by}
        id={event.id}
        part={`${row.role} ${row.party?.id}`}
        of={row.party?.name ?? undefined}
        forms={[['removeEventRole', titleOf('removeEventRole')]]}
      />
    );
  return (
    <Table
      caption={t('network.roles')}
      rows={rows}
      keyOf={(row) => String(rows.indexOf(row))}
      columns={[
        { title: t('network.role'), of: ({ what }) => what },
        {
          title: t('network.party'),
          // Whoever was represented is often no body, but people of a place.
          of: (row) => {
            if (!('group' in row))
              return row.party ? <BodyLink body={row.party} /> : t('response.unknown');
            const { party, group, country } = row;
            const beside = party ? group : country && nameOfCountry(country);
            return (
              <>
                {party ? <BodyLink body={party} /> : group}
                {beside && <span class="soft"> · {beside}</span>}
              </>
            );
          },
        },
        { title: t('network.source'), of: ({ source }) => <Source url={source} /> },
        ...(mayDo(by) && rows.some(isRemovable) ? [{ title: t('form.canDo'), of: remove }] : []),
      ]}
    />
  );
}

/** What the event led to, and whom that gave a task. */
function Outcomes({ event, by }: DoersProps) {
  return (
    <ul class="known">
      {event.outcomes.map(({ id, kind, title, source, checkedOn, leadsTo, mandated, claims }) => (
        <li key={id}>
          <p class="prose">{title}</p>
          <Facts
            facts={[
              [t('network.kind'), nameOfValue('OutcomeKind', kind)],
              [labelOf('leadsTo'), leadsTo && <EventLink event={leadsTo} />],
              [
                say('mandates'),
                mandated.length > 0 && (
                  <ul>
                    {mandated.map((body) => (
                      <li key={body?.id}>
                        <BodyLink body={body} />
                      </li>
                    ))}
                  </ul>
                ),
              ],
              [t('network.source'), <Sourced source={source} on={checkedOn} />],
            ]}
          />
          <Claims claims={claims} />
          <FormLinks
            by={by}
            id={event.id}
            part={id}
            of={title.slice(0, 60)}
            forms={[
              ['changeOutcome', titleOf('changeOutcome')],
              ['removeOutcome', titleOf('removeOutcome')],
            ]}
          />
        </li>
      ))}
    </ul>
  );
}

function EventSections({ event }: EventProps) {
  const { id } = event;
  const by = doersOfEvent(event);
  return (
    <>
      <EventFacts event={event} />
      <FormLinks
        by={by}
        id={id}
        forms={[
          ['changeEvent', titleOf('changeEvent')],
          ['removeEvent', titleOf('removeEvent')],
        ]}
      />
      <h2>{t('network.roles')}</h2>
      <Roles event={event} by={by} />
      {/* A section without anything leaves; the way to add to it stays. */}
      {event.outcomes.length > 0 && (
        <>
          <h2>{say('outcomes')}</h2>
          <Outcomes event={event} by={by} />
        </>
      )}
      <FormLinks by={by} id={id} forms={[['recordOutcome', titleOf('recordOutcome')]]} />
      {event.statements.length > 0 && (
        <>
          <h2>{say('statements')}</h2>
          <Statements statements={event.statements} />
        </>
      )}
      <FormLinks id={id} forms={[['recordStatement', titleOf('recordStatement')]]} />
      {event.links.length > 0 && (
        <>
          <h2>{say('links')}</h2>
          <KnownLinks about={id} links={event.links} by={by} of="Link" />
        </>
      )}
      <FormLinks by={by} id={id} forms={[['recordLink', titleOf('recordLink')]]} />
      <Claims claims={event.claims} />
    </>
  );
}

/** One event: what happened, who did what, what it led to, and the pages that say so. */
export function EventPage() {
  const { query } = useLocation();
  const { response, refetch } = useQuery(eventQuery, { id: query['id'] ?? '' });
  const areWordsHere = useFormWords();
  const event = response?.data?.event;
  useTitle(event?.title);
  if (!areWordsHere) return <Loading />;
  const why = whyNull(response?.errors ?? [], ['event'], 'nbnp');
  return (
    <KnownPage
      list="events"
      title={event?.title ?? t('network.event')}
      record={event}
      response={response}
      refetch={refetch}
      missing={why === 'unknown' ? say('noSuch') : <NoValue why={why} />}
    >
      {event && <EventSections event={event} />}
    </KnownPage>
  );
}
