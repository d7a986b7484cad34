import { useQuery } from '../../../client/use-query.ts';
import type { PageNetworkEventQuery } from '../../../generated/graphql.ts';
import { ResponseNote } from '../../../parts/completeness.tsx';
import { eventHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { Source } from '../../../parts/source.tsx';
import { Table } from '../../../parts/table/table.tsx';
import { formatNumber, t } from '../../../words/language.ts';
import { nameCountries } from '../../../words/names.ts';
import { eventQuery } from '../operations.ts';
import type { Choose } from './chosen.ts';
import { DetailsSection } from './details-section.tsx';
import { nameOf } from './names.ts';
import { dateWords } from './tables.tsx';

type Event = NonNullable<PageNetworkEventQuery['event']>;

function Facts({ event }: { event: Event }) {
  const { kind, startsOn, endsOn, city, countries, participants, source, aim, note } = event;
  const place = [city, ...nameCountries(countries ?? [])].filter(Boolean).join(', ');
  return (
    <dl class="network-facts">
      <dt>{t('network.kind')}</dt>
      <dd>{t(`eventKinds.${kind}`)}</dd>
      <dt>{t('network.date')}</dt>
      <dd>
        {dateWords(startsOn)}
        {endsOn !== null && ` – ${dateWords(endsOn)}`}
      </dd>
      <dt>{t('network.place')}</dt>
      <dd>{place || t('response.unknown')}</dd>
      <dt>{t('network.participants')}</dt>
      <dd>
        {participants
          ? `${formatNumber(participants.value)} (${t(`countQualifiers.${participants.qualifier}`)})`
          : t('response.unknown')}
      </dd>
      <dt>{t('network.source')}</dt>
      <dd>
        <Source url={source} />
      </dd>
      {aim && <dt>{t('network.aim')}</dt>}
      {aim && <dd>{aim}</dd>}
      {note && <dt>{t('network.note')}</dt>}
      {note && <dd>{note}</dd>}
    </dl>
  );
}

/** Who did what there: those with a role, then those who were represented. */
function Roles({ event, choose }: { event: Event; choose: Choose }) {
  const rows = [
    ...event.roles.map((role) => ({ ...role, what: t(`partyRoles.${role.role}`) })),
    ...event.represented.map((one) => ({
      ...one,
      what: `${t('network.represented')}: ${one.what}`,
    })),
  ];
  if (rows.length === 0) return <p>{t('network.noRoles')}</p>;
  return (
    <Table
      caption={t('network.roles')}
      rows={rows}
      keyOf={(row) => `${rows.indexOf(row)}`}
      columns={[
        { title: t('network.role'), of: ({ what }) => what },
        {
          title: t('network.party'),
          of: ({ party }) =>
            party ? (
              <button
                type="button"
                class="link"
                onClick={() => choose({ type: 'party', id: party.id })}
              >
                {nameOf({ ...party, kind: 'Organisation' })}
              </button>
            ) : (
              t('response.unknown')
            ),
        },
        { title: t('network.source'), of: ({ source }) => <Source url={source} /> },
      ]}
    />
  );
}

function Wholes({ event: { partOf, parts }, choose }: { event: Event; choose: Choose }) {
  const others = [
    ...(partOf ? [{ ...partOf, label: t('network.partOf') }] : []),
    ...parts.map((part) => ({ ...part, label: t('network.part') })),
  ];
  return (
    <>
      {others.map(({ id, title, label }) => (
        <p key={id}>
          {label}:{' '}
          <button type="button" class="link" onClick={() => choose({ type: 'event', id })}>
            {title}
          </button>
        </p>
      ))}
    </>
  );
}

interface EventProps {
  readonly id: string;
  readonly choose: Choose;
  readonly close: () => void;
}

/** An event: its facts, who had which role, and the pages that say so. */
export function EventDetails({ id, choose, close }: EventProps) {
  const { response, refetch } = useQuery(eventQuery, { id });
  const event = response?.data?.event;
  return (
    <DetailsSection title={event?.title ?? t('network.event')} close={close}>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response && !event && <p>{t('response.nothing')}</p>}
      {event && <Facts event={event} />}
      {event && <Roles event={event} choose={choose} />}
      {event && <Wholes event={event} choose={choose} />}
      {event && (
        <p>
          <a href={eventHref(event.id)}>{t('network.allKnown')}</a>
        </p>
      )}
    </DetailsSection>
  );
}
