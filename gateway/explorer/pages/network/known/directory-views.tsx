import type { ComponentChildren } from 'preact';
import { fold } from '../../../../../shared/database/search/fold.ts';
import type { PageDirectoryQuery } from '../../../generated/graphql.ts';
import { labelOf, nameOfValue, say, titleOf } from '../../../parts/form/form-words.ts';
import {
  bodyHref,
  eventHref,
  programmeHref,
  regionHref,
  siteHref,
  statementHref,
} from '../../../parts/links.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { FormLinks, mayDo } from '../../../parts/planning-links.tsx';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { Table } from '../../../parts/table/table.tsx';
import { formatDate, t } from '../../../words/language.ts';
import { nameOfCountry, nameOfRegion, orderByName } from '../../../words/names.ts';
import { describeKind } from '../views/names.ts';
import { EventTable } from './body.tsx';
import { Found, type Has } from './search-within.tsx';
import { BodyLink, Ended, Sourced } from './sources.tsx';

type Data = PageDirectoryQuery;
interface Searched {
  readonly data: Data;
  readonly has: Has;
  /** Of bodies, the kind that is shown. Empty: all. */
  readonly kind: string;
}

const whereOf = (country: string | null): string =>
  country === null ? t('network.international') : nameOfCountry(country);

function Bodies({ data, has, kind: chosen }: Searched) {
  const all = [
    ...(data.offices ?? []).map((body) => ({ ...body, acronym: null, form: body.officeKind })),
    ...(data.policeUnits ?? []),
    ...(data.organisations?.nodes ?? []),
  ];
  const rows = all.filter(
    ({ __typename: kind, name, city, acronym, variants, country }) =>
      (chosen === '' || kind === chosen) &&
      has(name, city, acronym, country && nameOfCountry(country), ...(variants ?? [])),
  );
  return (
    <>
      <Found number={rows.length} />
      <LongTable
        caption={say('list_bodies')}
        rows={rows}
        isDense
        keyOf={({ id }) => id}
        order={{ column: 0, direction: 'ascending' }}
        columns={[
          {
            title: t('network.name'),
            of: (body) => (
              <>
                <a href={bodyHref(body.id)}>{body.name ?? t('response.missing')}</a>
                <Ended on={body.endedOn} />
              </>
            ),
            rank: ({ name }) => name && fold(name),
          },
          {
            title: t('network.kind'),
            of: ({ __typename: kind, form }) => describeKind({ kind, form }),
            rank: ({ __typename: kind, form }) => describeKind({ kind, form }),
          },
          {
            title: t('network.country'),
            of: ({ country }) => whereOf(country),
            rank: ({ country }) => whereOf(country),
          },
          { title: t('network.city'), of: ({ city }) => city, rank: ({ city }) => city },
        ]}
      />
    </>
  );
}

function Sites({ data, has }: Searched) {
  const rows = [...(data.nationalSites ?? []), ...(data.regionalSites ?? [])].filter(
    ({ name, city, country }) => has(name, city, country && nameOfCountry(country)),
  );
  return (
    <>
      <Found number={rows.length} />
      <LongTable
        caption={say('list_sites')}
        rows={rows}
        isDense
        keyOf={({ id }) => id}
        order={{ column: 0, direction: 'ascending' }}
        columns={[
          {
            title: t('network.name'),
            of: ({ id, name, closedOn }) => (
              <>
                <a href={siteHref(id)}>{name ?? t('response.missing')}</a>
                <Ended on={closedOn} />
              </>
            ),
            rank: ({ name }) => name && fold(name),
          },
          {
            title: labelOf('sector'),
            of: ({ sector }) => sector && nameOfValue('Sector', sector),
            rank: ({ sector }) => sector && nameOfValue('Sector', sector),
          },
          {
            title: t('network.country'),
            of: ({ country }) => country && nameOfCountry(country),
            rank: ({ country }) => country && nameOfCountry(country),
          },
          { title: t('network.city'), of: ({ city }) => city, rank: ({ city }) => city },
        ]}
      />
    </>
  );
}

function Events({ data, has }: Searched) {
  const rows = (data.events?.nodes ?? []).filter(({ title }) => has(title));
  return (
    <>
      <Found number={rows.length} />
      <EventTable events={rows} />
    </>
  );
}

type Subject = NonNullable<Data['statements']>['nodes'][number]['subject'];

/** What a statement is about, with the way there. */
export function SubjectLink({ subject }: { subject: Subject }) {
  if (!subject) return <>{say('aboutField')}</>;
  if (subject.__typename === 'Event') return <a href={eventHref(subject.id)}>{subject.title}</a>;
  return subject.__typename === 'Organisation' ? (
    <BodyLink body={subject} />
  ) : (
    <a href={programmeHref(subject.id)}>{subject.title}</a>
  );
}

/** The name of what a statement is about. Null: it is about the field as a whole, or the name is not known. */
export const nameOfSubject = (subject: Subject): string | null =>
  subject && ('title' in subject ? subject.title : subject.name);

/** Each leads to its page, where it can be corrected. */
function AllStatements({ data, has }: Searched) {
  const rows = (data.statements?.nodes ?? []).filter(({ text, subject }) =>
    has(text, nameOfSubject(subject)),
  );
  return (
    <>
      <Found number={rows.length} />
      <LongTable
        caption={say('list_statements')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            title: say('states'),
            of: ({ id, text }) => (
              <a class="quiet-link clipped" href={statementHref(id)}>
                {text}
              </a>
            ),
            rank: ({ text }) => fold(text),
          },
          {
            title: t('network.kind'),
            of: ({ kind }) => nameOfValue('StatementKind', kind),
            rank: ({ kind }) => nameOfValue('StatementKind', kind),
          },
          {
            title: say('about'),
            of: ({ subject }) => <SubjectLink subject={subject} />,
            rank: ({ subject }) => nameOfSubject(subject),
          },
          {
            title: t('network.source'),
            of: ({ source, checkedOn }) => <Sourced source={source} on={checkedOn} />,
            rank: ({ source }) => source,
          },
        ]}
      />
    </>
  );
}

/** The column of what can be done, for those who may do it. */
const doings = <Row,>(by: string, of: (row: Row) => ComponentChildren) =>
  mayDo(by) ? [{ title: t('form.canDo'), of }] : [];

function Regions({ data, has }: Searched) {
  return (
    <Table
      caption={say('list_regions')}
      rows={(data.regions ?? []).filter((region) => has(region.name, nameOfRegion(region)))}
      keyOf={({ code }) => code}
      columns={[
        {
          title: t('network.name'),
          of: (region) => <a href={regionHref(region.code)}>{nameOfRegion(region)}</a>,
        },
        {
          title: say('coveredBy'),
          of: ({ office }) =>
            office ? (
              <>
                <BodyLink body={office} />
                <Ended on={office.closedOn} />
              </>
            ) : (
              say('noOffice')
            ),
        },
        ...doings('ncm', ({ code, name }: { code: string; name: string }) => (
          <FormLinks
            by="ncm"
            id={code}
            of={name}
            forms={[['setCoverage', titleOf('setCoverage')]]}
          />
        )),
      ]}
    />
  );
}

function Members({ data, has }: Searched) {
  const nameOfMember = ({ country }: { country: string }) => nameOfCountry(country);
  const members = data.network?.members ?? [];
  const isSinceKnown = members.some(({ since }) => since !== null);
  const table = (
    <Table
      caption={say('list_members')}
      rows={orderByName(members, nameOfMember).filter((member) => has(nameOfMember(member)))}
      keyOf={({ country }) => country}
      columns={[
        { title: t('network.country'), of: nameOfMember },
        {
          title: say('contact'),
          of: ({ contact }) => (contact ? <BodyLink body={contact} /> : <NoValue why="unknown" />),
        },
        ...(isSinceKnown
          ? [
              {
                title: labelOf('since'),
                of: ({ since }: (typeof members)[number]) =>
                  since ? formatDate(since) : <NoValue why="unknown" />,
              },
            ]
          : []),
        {
          title: t('network.source'),
          of: ({ source, checkedOn }) => <Sourced source={source} on={checkedOn} />,
        },
        ...doings('nbnp', ({ country }: { country: string }) => (
          <FormLinks
            id={country}
            of={nameOfCountry(country)}
            forms={[['changeMembership', titleOf('changeMembership')]]}
          />
        )),
      ]}
    />
  );
  return (
    <>
      {members.length > 0 && !isSinceKnown && <p class="soft">{say('sinceUnknown')}</p>}
      {table}
    </>
  );
}

export const views = {
  bodies: Bodies,
  sites: Sites,
  events: Events,
  statements: AllStatements,
  regions: Regions,
  members: Members,
};
