import type { ComponentChildren } from 'preact';
import type { GraphResponse } from '../../../client/send-operation.ts';
import { useQuery } from '../../../client/use-query.ts';
import { nameOfPartner, settings } from '../../../frame/settings.ts';
import { graphql } from '../../../generated/gql.ts';
import type {
  PageClaimFragment,
  PageLinkFragment,
  PageStatementFragment,
} from '../../../generated/graphql.ts';
import { ResponseNote } from '../../../parts/completeness.tsx';
import { labelOf, nameOfValue, say, titleOf } from '../../../parts/form/form-words.ts';
import { bodyHref, directoryHref, statementHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { Outcome } from '../../../parts/outcome.tsx';
import { FormLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { SearchForm } from '../../../parts/search-form.tsx';
import { Source } from '../../../parts/source.tsx';
import { Table } from '../../../parts/table/table.tsx';
import { formatDate, t } from '../../../words/language.ts';
import { joinNames, nameCountries } from '../../../words/names.ts';

interface KnownPageProps {
  /** The list that leads here. */
  readonly list: Parameters<typeof directoryHref>[0];
  readonly title: string;
  readonly record: Parameters<typeof Rehearsal>[0]['of'];
  readonly response: GraphResponse<unknown> | undefined;
  readonly refetch: () => void;
  /** What to say if the record is not here. */
  readonly missing: ComponentChildren;
  /** All that is known of the record; false without it. */
  readonly children: ComponentChildren;
}

/** The page of one record of the directory. */
export const KnownPage = (props: KnownPageProps) => (
  <>
    <p class="way-up">
      <a href={directoryHref(props.list)}>{say('title')}</a>
    </p>
    <h1>
      {props.title}
      <Rehearsal of={props.record} />
    </h1>
    <Outcome />
    <ResponseNote response={props.response} refetch={props.refetch} />
    {!props.response && <Loading />}
    {props.response && !props.children && (
      <>
        <p>{props.missing}</p>
        <SearchForm />
      </>
    )}
    {props.children}
  </>
);

interface SourcedProps {
  readonly source: string | null;
  /** On which day somebody read it. */
  readonly on?: string | null | undefined;
}

/** The page that states something, and on which day somebody read it. */
export const Sourced = ({ source, on }: SourcedProps) => (
  <>
    <Source url={source} />
    {on && `, ${t('contactPoints.checkedOn', { day: formatDate(on) })}`}
  </>
);

const isRecord = (value: string): boolean => /^[a-z]{2,16}:[\w.-]+$/.test(value);

const partyQuery = graphql(`
  query PageClaimedParty($id: ID!) {
    party(id: $id) {
      id
      name
    }
  }
`);

/** Another body that a source names. Claims have the ids that its facts have. */
function ClaimedBody({ value }: { value: string }) {
  const { response } = useQuery(partyQuery, { id: bodyOfFacts(value) });
  const body = response?.data?.party;
  return body?.name ? <BodyLink body={body} /> : <>{response && sayClaimed(value)}</>;
}

/** The id of a body that the network’s facts call so. */
export const bodyOfFacts = (value: string): string => `nbnp:${value}`;

/** A value as a source states it, in words. Another record is never told by its id. */
export function sayClaimed(value: string): string {
  if (isRecord(value)) return say('standingOne');
  if (/^\d{4}(-\d\d){0,2}$/.test(value)) return formatDate(value);
  if (/^[A-Z]{2}( [A-Z]{2})*$/.test(value)) return joinNames(nameCountries(value.split(' ')));
  const partner = settings.value.partners.find(({ code }) => code === value);
  return partner ? nameOfPartner(partner.code) : value;
}

/** A value as a source states it; another record or body with the way to it. */
function Claimed({ property, value }: Pick<PageClaimFragment, 'property' | 'value'>) {
  if (isRecord(value)) return <a href={bodyHref(value)}>{sayClaimed(value)}</a>;
  return property === 'parent' ? <ClaimedBody value={value} /> : <>{sayClaimed(value)}</>;
}

/** What sources say differently, side by side, and what one says of a fact. */
export function Claims(props: { claims: readonly PageClaimFragment[] | null }) {
  // Into which record it was merged stands above.
  const claims = (props.claims ?? []).filter(({ property }) => property !== 'mergedInto');
  if (claims.length === 0) return null;
  const areDifferent = claims.some(({ property, value }) =>
    claims.some((other) => other.property === property && other.value !== value),
  );
  const title = say(areDifferent ? 'claims' : 'claimNotes');
  return (
    <>
      <h2>{title}</h2>
      <Table
        caption={title}
        rows={claims}
        keyOf={(claim) => String(claims.indexOf(claim))}
        columns={[
          {
            title: say('fact'),
            of: ({ property }) => labelOf(property, 'ChangeOrganisationInput'),
          },
          {
            title: say('value'),
            of: ({ property, value, preferred }) => (
              <>
                <Claimed property={property} value={value} />
                {preferred && <span class="soft"> ({say('used')})</span>}
              </>
            ),
          },
          { title: t('network.source'), of: ({ source }) => <Source url={source} /> },
          { title: t('network.note'), of: ({ note }) => note },
        ]}
      />
    </>
  );
}

/** On which day a body ended, if it did. */
export const Ended = ({ on }: { on: string | null }) =>
  on && <span class="soft"> ({say('ended', { day: formatDate(on) })})</span>;

/** Where in a source something stands. Its sentences are numbered; all else is in the words of the source. */
export function sayPlace(place: string): string {
  const [, number] = /^sentence (\d+)$/.exec(place) ?? [];
  return number === undefined ? place : say('sentence', { number });
}

interface StatementsProps {
  readonly statements: readonly PageStatementFragment[];
}

/** What sources state in words of what the page is about. */
export function Statements({ statements }: StatementsProps) {
  return (
    <ul class="known">
      {statements.map((statement) => {
        const { id, kind, text, place, countries, traffickingRoles, source, checkedOn } = statement;
        const roles = traffickingRoles.map((role) => nameOfValue('TraffickingRole', role));
        return (
          <li key={id}>
            <p class="prose">
              <a class="quiet-link" href={statementHref(id)}>
                {text}
              </a>
            </p>
            <p class="soft">
              {nameOfValue('StatementKind', kind)}
              {[...nameCountries(countries), ...roles, ...(place === null ? [] : [sayPlace(place)])]
                .map((part) => `, ${part}`)
                .join('')}
              {' · '}
              <Sourced source={source} on={checkedOn} />
            </p>
            <FormLinks
              id={id}
              of={text.slice(0, 60)}
              forms={[
                ['changeStatement', titleOf('changeStatement')],
                ['removeStatement', titleOf('removeStatement')],
              ]}
            />
          </li>
        );
      })}
    </ul>
  );
}

interface LinksProps {
  readonly about: string;
  readonly links: readonly PageLinkFragment[];
  readonly by: readonly string[];
  /** What the forms are about that change and remove one. */
  readonly of: 'Link' | 'OrganisationLink';
}

/** Pages about an event or an organisation. */
export function KnownLinks({ about, links, by, of }: LinksProps) {
  return (
    <ul class="known">
      {links.map(({ id, label, url, checkedOn }) => (
        <li key={id}>
          {label && `${label}: `}
          <Sourced source={url} on={checkedOn} />
          <FormLinks
            by={by}
            id={about}
            part={id}
            of={label ?? url}
            forms={[
              [`change${of}`, titleOf('changeLink')],
              [`remove${of}`, titleOf('removeLink')],
            ]}
          />
        </li>
      ))}
    </ul>
  );
}

interface NamedParty {
  readonly id: string;
  readonly name: string | null;
}

/** A body by its name, with the way to its page. Its name is null while its owner does not respond. */
export const BodyLink = ({ body }: { body: NamedParty | null | undefined }) =>
  body ? <a href={bodyHref(body.id)}>{body.name ?? t('response.missing')}</a> : null;
