import { useLocation } from 'preact-iso';
import type { GraphError } from '../../../client/send-operation.ts';
import { useQuery } from '../../../client/use-query.ts';
import { ownerOf, whyAbsent, whyNull } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import type { PageBodyQuery, PageEventLineFragment } from '../../../generated/graphql.ts';
import { ContactPoints } from '../../../parts/contact-points.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { labelOf, say, titleOf, useFormWords } from '../../../parts/form/form-words.ts';
import { bodyHref, eventHref, groupHref, regionHref, siteHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { FormLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { SignInButton } from '../../../parts/sign-in-button.tsx';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { person } from '../../../session/session.ts';
import { formatDate, t } from '../../../words/language.ts';
import {
  formatEventDays,
  joinNames,
  nameOfCountry,
  nameOfRegion,
  orderByName,
} from '../../../words/names.ts';
import { describeKind, useKinds } from '../views/names.ts';
import { bodyQuery } from './known-query.ts';
import { BodyLink, Claims, Ended, KnownLinks, KnownPage, Sourced, Statements } from './sources.tsx';
import { WrittenNote } from './written-note.tsx';

type Body = NonNullable<PageBodyQuery['party']>;
type Members = NonNullable<PageBodyQuery['network']>['members'];

/** The forms that change, end, reopen and merge a body, by its kind. */
const formsOf = {
  Office: ['changeOffice', 'closeOffice', 'reopenOffice', 'mergeOffices'],
  Organisation: [
    'changeOrganisation',
    'closeOrganisation',
    'reopenOrganisation',
    'mergeOrganisations',
  ],
  PoliceUnit: ['changePoliceUnit', 'closePoliceUnit', 'reopenPoliceUnit', 'mergePoliceUnits'],
} as const;

function Doings({ body: { __typename: kind, id, endedOn, mergedInto } }: { body: Body }) {
  const [change, close, reopen, merge] = formsOf[kind];
  if (mergedInto) return null;
  return (
    <FormLinks
      by={ownerOf(id)}
      id={id}
      forms={[
        [change, titleOf('changeBody')],
        endedOn === null ? [close, titleOf('closeBody')] : [reopen, titleOf('reopenBody')],
        [merge, titleOf('mergeBody')],
      ]}
    />
  );
}

function BodyFacts({ body, members }: { body: Body; members: Members }) {
  const { name, country, city, beganOn, endedOn, superior, variants, note, source } = body;
  const form = body.__typename === 'Office' ? body.officeKind : body.form;
  const acronym = 'acronym' in body ? body.acronym : null;
  const role = 'roleInField' in body ? body.roleInField : null;
  const successor = 'successor' in body ? body.successor : null;
  const began = body.__typename === 'Office' ? 'openedOn' : 'foundedOn';
  const represented = orderByName(
    members.filter(({ contact }) => contact?.id === body.id),
    (member) => nameOfCountry(member.country),
  );
  return (
    <Facts
      facts={[
        [t('network.kind'), describeKind({ kind: body.__typename, form })],
        [labelOf('acronym'), acronym],
        [
          t('network.country'),
          country === null ? name && t('network.international') : nameOfCountry(country),
        ],
        [t('network.city'), city],
        [labelOf(began), beganOn && formatDate(beganOn)],
        [labelOf('closedOn'), endedOn && formatDate(endedOn)],
        [labelOf('successor'), successor && <BodyLink body={successor} />],
        [labelOf('parent'), superior && <BodyLink body={superior} />],
        [labelOf('variants'), variants && joinNames(variants)],
        [labelOf('roleInField'), role],
        [labelOf('note', 'ChangeOfficeInput'), note && <WrittenNote note={note} />],
        ...represented.map(
          ({ country: member, since, source: page }) =>
            [
              say('contactFor'),
              <>
                {nameOfCountry(member)}
                {since && `, ${labelOf('since')} ${formatDate(since)}`} (<Sourced source={page} />)
              </>,
            ] as const,
        ),
        [t('network.source'), <Sourced source={source} on={body.checkedOn} />],
      ]}
    />
  );
}

interface NamedRow {
  readonly id: string;
  readonly name: string | null;
  readonly isRehearsal?: boolean;
}

function NamedList(props: {
  title: string;
  rows: readonly NamedRow[] | null | undefined;
  href: (id: string) => string;
}) {
  if (!props.rows || props.rows.length === 0) return null;
  return (
    <>
      <h2>{props.title}</h2>
      <ul>
        {props.rows.map((row) => (
          <li key={row.id}>
            <a href={props.href(row.id)}>{row.name ?? t('response.missing')}</a>
            <Rehearsal of={row} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The newest first. What has no date stands at the end. */
const newestFirst = (events: readonly PageEventLineFragment[]) =>
  events.toSorted((one, other) => ((one.startsOn ?? '') > (other.startsOn ?? '') ? -1 : 1));

/** Events as lines: when, what, of which kind. */
export function EventTable({ events }: { events: readonly PageEventLineFragment[] }) {
  if (events.length === 0) return <p class="soft">{say('noEvents')}</p>;
  return (
    <LongTable
      caption={say('events')}
      rows={newestFirst(events)}
      keyOf={({ id }) => id}
      isDense
      columns={[
        {
          title: t('network.title'),
          of: ({ id, title, isRehearsal }) => (
            <>
              <a href={eventHref(id)}>{title}</a>
              <Rehearsal of={{ isRehearsal }} />
            </>
          ),
          rank: ({ title }) => title,
        },
        { title: t('network.kind'), of: ({ kind }) => t(`eventKinds.${kind}`) },
        {
          title: t('network.date'),
          of: ({ startsOn, endsOn }) =>
            startsOn ? formatEventDays(startsOn, endsOn) : t('response.unknown'),
          rank: ({ startsOn }) => startsOn,
        },
      ]}
    />
  );
}

function Coverages({ body }: { body: Body }) {
  if (body.__typename !== 'Office' || body.coverages.length === 0) return null;
  // What no page states of all of them is said once.
  const isAnyStated = body.coverages.some(({ isStated }) => isStated);
  return (
    <>
      <h2>
        {say('covers')}
        <Ended on={body.endedOn} />
      </h2>
      <ul class="known">
        {body.coverages.map(({ region, isStated, source, checkedOn }) => (
          <li key={region.code}>
            <a href={regionHref(region.code)}>{nameOfRegion(region)}</a>
            {isAnyStated && (
              <span class="soft">
                {' · '}
                {isStated ? <Sourced source={source} on={checkedOn} /> : say('notStated')}
              </span>
            )}
            <FormLinks
              by="ncm"
              id={region.code}
              of={nameOfRegion(region)}
              forms={[['setCoverage', titleOf('setCoverage')]]}
            />
          </li>
        ))}
      </ul>
      {!isAnyStated && (
        <p class="soft">
          {t('programme.source')}: {say('notStated')}
        </p>
      )}
    </>
  );
}

/** What the network’s directory adds to an organisation. */
function Stated({ body }: { body: Body }) {
  if (body.__typename !== 'Organisation') return null;
  const forms = [['recordOrganisationStatement', titleOf('recordStatement')]] as const;
  return (
    <>
      {/* A section without anything leaves; the way to add to it stays. */}
      {body.statements.length > 0 && (
        <>
          <h2>{say('statements')}</h2>
          <Statements statements={body.statements} />
        </>
      )}
      <FormLinks id={body.id} forms={forms} />
      {body.links.length > 0 && (
        <>
          <h2>{say('links')}</h2>
          <KnownLinks about={body.id} links={body.links} by={['nbnp']} of="OrganisationLink" />
        </>
      )}
      <FormLinks id={body.id} forms={[['recordOrganisationLink', titleOf('recordLink')]]} />
    </>
  );
}

interface SectionsProps {
  readonly body: Body;
  readonly members: Members;
  readonly errors: readonly GraphError[];
}

function BodySections({ body, members, errors }: SectionsProps) {
  return (
    <>
      {body.mergedInto && (
        <p class="note">
          {say('mergedInto')} <BodyLink body={body.mergedInto} />
        </p>
      )}
      <BodyFacts body={body} members={members} />
      <Doings body={body} />
      <h2>{t('contactPoints.title')}</h2>
      {person.value ? (
        <ContactPoints party={body.id} />
      ) : (
        <p class="soft">
          {t('contactPoints.signIn')} <SignInButton />
        </p>
      )}
      {'parts' in body && <NamedList title={say('parts')} rows={body.parts} href={bodyHref} />}
      {'sites' in body && <NamedList title={say('sites')} rows={body.sites} href={siteHref} />}
      <Coverages body={body} />
      {'coordinatedGroups' in body && (
        <NamedList title={say('groups')} rows={body.coordinatedGroups} href={groupHref} />
      )}
      {body.events?.length !== 0 && <h2>{say('events')}</h2>}
      {body.events === null && <NoPart errors={errors} path={['party', 'events']} owner="nbnp" />}
      {body.events && body.events.length > 0 && <EventTable events={body.events} />}
      <Stated body={body} />
      <Claims claims={body.claims} />
    </>
  );
}

/** One organisation, office or police unit: all that is known of it, and what its owner can do. */
export function BodyPage() {
  const { query } = useLocation();
  const id = query['id'] ?? '';
  const { response, refetch } = useQuery(bodyQuery, { id });
  const areWordsHere = useFormWords();
  const areKindsHere = useKinds();
  const body = response?.data?.party;
  useTitle(body?.name ?? undefined);
  if (!areWordsHere || !areKindsHere) return <Loading />;
  const all = response?.errors ?? [];
  // An address that leads nowhere is no partner that is down.
  const errors = all.filter(({ extensions }) => extensions?.code !== 'DANGLING_REFERENCE');
  const isHere = body?.name != null;
  const why = whyNull(errors, ['party'], ownerOf(id));
  return (
    <KnownPage
      list="bodies"
      title={body?.name ?? t('network.party')}
      record={body?.__typename === 'Office' ? body : undefined}
      response={response && { ...response, errors }}
      refetch={refetch}
      missing={
        body ? (
          <NoValue why={whyAbsent([ownerOf(id)])} partners={[ownerOf(id)]} />
        ) : why === 'unknown' ? (
          say('noSuch')
        ) : (
          <NoValue why={why} />
        )
      }
    >
      {body && isHere && (
        <BodySections
          body={body}
          members={response?.data?.network?.members ?? []}
          errors={errors}
        />
      )}
    </KnownPage>
  );
}
