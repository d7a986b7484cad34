import { useQuery } from '../client/use-query.ts';
import { ownerOf } from '../client/why-null.ts';
import { graphql } from '../generated/gql.ts';
import { formatDate, t } from '../words/language.ts';
import { joinNames, nameOfLanguage } from '../words/names.ts';
import { Email } from './contacts.tsx';
import { Facts } from './facts.tsx';
import { Loading } from './loading.tsx';
import { NoPart } from './no-part.tsx';
import { showing } from './outcome.tsx';
import { PlanningLinks } from './planning-links.tsx';
import { Source } from './source.tsx';

const contactPointsQuery = graphql(`
  query PageContactPoints($id: ID!) {
    party(id: $id) {
      __typename
      ... on Organisation {
        contactPoints {
          ...PageContactPoint
        }
      }
      ... on PoliceUnit {
        contactPoints {
          ...PageContactPoint
        }
      }
      ... on Office {
        contactPoints {
          ...PageContactPoint
        }
      }
    }
  }

  fragment PageContactPoint on ContactPoint {
    id
    function
    mailbox
    telephone
    openingHours
    languages
    source
    checkedOn
    version
  }
`);

/** The forms that set and remove a contact point, by the kind of body. */
const formsOf: Readonly<Record<string, readonly [set: string, remove: string]>> = {
  Office: ['setOfficeContactPoint', 'removeOfficeContactPoint'],
  Organisation: ['setOrganisationContactPoint', 'removeOrganisationContactPoint'],
  PoliceUnit: ['setUnitContactPoint', 'removeUnitContactPoint'],
};

/** How a body can be reached: never a person. Only signed-in callers may read it. */
export function ContactPoints({ party }: { party: string }) {
  const { response } = useQuery(contactPointsQuery, { id: party });
  if (!response) return <Loading />;
  const { data, errors } = response;
  const found = data?.party;
  const points = found && 'contactPoints' in found ? found.contactPoints : null;
  if (!points)
    return <NoPart errors={errors} path={['party', 'contactPoints']} owner={ownerOf(party)} />;
  const forms = formsOf[found?.__typename ?? ''];
  const doings = (part = '', of?: string) =>
    forms && (
      <PlanningLinks
        by={ownerOf(party)}
        id={party}
        part={part}
        of={of}
        forms={
          part === ''
            ? [[forms[0], 'plan.addContactPoint']]
            : [
                [forms[0], 'plan.changeItineraryStop'],
                [forms[1], 'plan.removeItineraryStop'],
              ]
        }
      />
    );
  return (
    <>
      {points.length === 0 && <p class="soft">{t('contactPoints.none')}</p>}
      <ul class="contact-points">
        {points.map((point) => (
          <li key={point.id} ref={showing(point.id)}>
            <strong>{point.function ?? t('contactPoints.whole')}</strong>
            <Facts
              facts={[
                [t('contactPoints.mailbox'), point.mailbox && <Email address={point.mailbox} />],
                [
                  t('contactPoints.telephone'),
                  point.telephone && (
                    <a href={`tel:${point.telephone.replaceAll(' ', '')}`}>{point.telephone}</a>
                  ),
                ],
                [t('contactPoints.openingHours'), point.openingHours],
                [t('contactPoints.languages'), joinNames(point.languages.map(nameOfLanguage))],
                [
                  t('contactPoints.source'),
                  <>
                    <Source url={point.source} />,{' '}
                    {t('contactPoints.checkedOn', { day: formatDate(point.checkedOn) })}
                  </>,
                ],
              ]}
            />
            {doings(point.id, point.function ?? t('contactPoints.whole'))}
          </li>
        ))}
      </ul>
      {doings()}
    </>
  );
}
