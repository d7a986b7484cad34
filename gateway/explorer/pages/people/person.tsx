import { useLocation } from 'preact-iso';
import { useQuery } from '../../client/use-query.ts';
import { isRefusal, ownerOf, whyNull } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { useTitle } from '../../frame/title.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Email } from '../../parts/contacts.tsx';
import { Facts } from '../../parts/facts.tsx';
import { labelOf, sayOfPeople as say, titleOf, useFormWords } from '../../parts/form/form-words.ts';
import { formalitiesHref, groupHref, recordHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { Known, NoValue } from '../../parts/no-value.tsx';
import { Outcome } from '../../parts/outcome.tsx';
import { PartyName } from '../../parts/person-name.tsx';
import { FormLinks, mayDo } from '../../parts/planning-links.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { person } from '../../session/session.ts';
import { t } from '../../words/language.ts';
import {
  joinNames,
  nameOfCountry,
  nameOfLanguage,
  nameOfRegion,
  stateOfNomination,
} from '../../words/names.ts';
import { formsOf, Keeping, OwnPages, type Somebody, type WhyOf } from './doings.tsx';
import { Papers } from './papers.tsx';
import { personQuery } from './person-query.ts';

interface PartProps {
  readonly somebody: Somebody;
  readonly why: WhyOf;
  /** Whether the reader co-ordinates the organisation that registered the person. */
  readonly isDoer: boolean;
}

const namesOf = (values: readonly string[] | null, nameOf: (value: string) => string) =>
  values && joinNames(values.map(nameOf));

function Record({ somebody, why }: PartProps) {
  const known = (field: string, value: string | null | undefined) => (
    <Known value={value} why={why(field)} />
  );
  const { languages, email, country } = somebody;
  const body = 'office' in somebody ? somebody.office : somebody.unit;
  return (
    <Facts
      facts={[
        ['office' in somebody ? labelOf('office') : labelOf('unit'), <PartyName party={body} />],
        'targetGroup' in somebody
          ? [
              t('programme.targetGroup'),
              known(
                'targetGroup',
                somebody.targetGroup && t(`targetGroups.${somebody.targetGroup}`),
              ),
            ]
          : [
              labelOf('roles'),
              known(
                'roles',
                namesOf(somebody.roles, (role) =>
                  t(`supportRoles.${role}` as 'supportRoles.EXPERT'),
                ),
              ),
            ],
        ...(somebody.__typename === 'Officer'
          ? [[labelOf('rank'), known('rank', somebody.rank)] as const]
          : []),
        ...(somebody.__typename === 'Expert'
          ? [
              [
                labelOf('fields', 'RegisterExpertInput'),
                known(
                  'fields',
                  namesOf(somebody.fields, (field) => t(`sectors.${field}` as 'sectors.COURT')),
                ),
              ] as const,
            ]
          : []),
        ...(somebody.__typename === 'Delegate'
          ? [
              [labelOf('employer'), known('employer', somebody.employer)] as const,
              [labelOf('region'), somebody.region && nameOfRegion(somebody.region)] as const,
            ]
          : []),
        [t('programme.country'), known('country', country && nameOfCountry(country))],
        [t('programme.languages'), known('languages', namesOf(languages, nameOfLanguage))],
        [
          t('programme.email'),
          <Known value={email && <Email address={email} />} why={why('email')} />,
        ],
      ]}
    />
  );
}

/** With which groups the person travels, or which visits she serves. */
function Journeys({ somebody, why, isDoer }: PartProps) {
  const isExpert = somebody.__typename === 'Expert';
  const rows = isExpert
    ? somebody.assignments?.map(({ id, status, visit }) => ({
        id,
        href: visit && visitHref(visit.id),
        name: visit?.title,
        state: status && t(`loanStates.${status}`),
        papers: undefined,
        travels: undefined,
      }))
    : somebody.nominations?.map(({ id, status, reserve, group }) => {
        const isMember = group && status === 'SELECTED' && !reserve;
        return {
          id,
          href: group && groupHref(group.id),
          name: group?.name,
          state: status && t(`nominationStates.${stateOfNomination({ status, reserve })}`),
          papers: isDoer && isMember ? formalitiesHref(group.id, somebody.id) : undefined,
          // The network’s co-ordinators read it of members as well.
          travels: isMember && (isDoer || mayDo('nbnp')) ? group : undefined,
        };
      });
  return (
    <>
      <h2>{say('journeys')}</h2>
      {!rows && <NoValue why={why(isExpert ? 'assignments' : 'nominations')} />}
      {rows?.length === 0 && <p>{say('noJourneys')}</p>}
      {rows && rows.length > 0 && (
        <ul>
          {rows.map(({ id, href, name, state, papers, travels }) => (
            <li key={id}>
              {href ? <a href={href}>{name}</a> : <NoValue why="missing" />}
              {state && <span class="soft"> {state}</span>}{' '}
              {papers && <a href={papers}>{t('form.formalities')}</a>}
              {travels && <Papers id={somebody.id} group={travels} />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Page({ id }: { id: string }) {
  const owner = ownerOf(id);
  const ofOffices = owner === 'ncm';
  const { organisation, role } = person.value ?? {};
  const isDoer = organisation === owner && role === 'coordinator';
  const { response, refetch } = useQuery(personQuery, {
    id,
    country: ofOffices ? 'RU' : owner.toUpperCase(),
    ofPolice: !ofOffices,
    ofOffices,
    keepsPolice: isDoer && !ofOffices,
    keepsOffices: isDoer && ofOffices,
  });
  const { data, errors = [] } = response ?? {};
  const kind = data?.delegate ? 'delegate' : data?.expert ? 'expert' : 'officer';
  const somebody = data?.[kind];
  const why: WhyOf = (field) => whyNull(errors, [kind, field], owner);
  const whyNobody = whyNull(errors, [ofOffices ? 'delegate' : 'officer'], owner);
  const isErased = somebody?.name === null && why('name') === 'unknown';
  const name = somebody?.name ?? (isErased ? say('erased') : t(`unnamed.${why('name')}`));
  useTitle(somebody ? name : t('frame.people'));
  if (!response) return <Loading />;
  if (!somebody)
    return (
      <>
        <h1>{t('frame.people')}</h1>
        {whyNobody !== 'withheld' && <ResponseNote response={response} refetch={refetch} />}
        {whyNobody === 'unknown' && <p>{say('noPerson')}</p>}
        {whyNobody !== 'unknown' && (
          <NoPart errors={errors} path={[ofOffices ? 'delegate' : 'officer']} owner={owner} />
        )}
      </>
    );
  const part = { somebody, why, isDoer };
  const lists = ofOffices
    ? (['officeRetention', 'officeErasures'] as const)
    : (['policeRetention', 'policeErasures'] as const);
  const noList = lists.find((list) => data?.[list] == null);
  const whyNoList = noList && whyNull(errors, [noList], owner);
  // What the reader may not read is said where it would stand.
  const faults = errors.filter((error) => !isRefusal(error));
  return (
    <article>
      {isDoer && (
        <p class="way-up">
          <a href="/people">{t('frame.people')}</a>
        </p>
      )}
      <h1>
        {name}
        <Rehearsal of={somebody} />
      </h1>
      <p class="lead">
        {say(kind)}, {nameOfPartner(owner)}
      </p>
      <Outcome />
      <ResponseNote response={{ ...response, errors: faults }} refetch={refetch} />
      {isErased && <p>{say('erasedNote')}</p>}
      <Record {...part} />
      {isDoer && !isErased && (
        <FormLinks
          by={owner}
          id={id}
          forms={[[formsOf[somebody.__typename].change, titleOf('changePerson')]]}
        />
      )}
      <Journeys {...part} />
      {isDoer && !isErased && somebody.__typename !== 'Expert' && <OwnPages somebody={somebody} />}
      {role === 'auditor' && organisation === owner && (
        <p>
          <a href={recordHref(id)}>{say('whoRead')}</a>
        </p>
      )}
      {isDoer && data && (
        <Keeping somebody={somebody} data={data} why={why} whyNoList={whyNoList} />
      )}
    </article>
  );
}

/** A person whom an organisation has registered: all that the reader may read of her, and may do. */
export function PersonPage() {
  const { query } = useLocation();
  const areWordsHere = useFormWords();
  const id = query['id'] ?? '';
  if (!person.value) return <p>{t('response.forbidden')}</p>;
  return areWordsHere ? <Page key={id} id={id} /> : <Loading />;
}
