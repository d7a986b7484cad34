import { useQuery } from '../../client/use-query.ts';
import { ownerOf, whyNull } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type { PagePersonGroupFragment } from '../../generated/graphql.ts';
import { Facts } from '../../parts/facts.tsx';
import { sayOfPeople as say } from '../../parts/form/form-words.ts';
import { openFormalities } from '../../parts/formalities.ts';
import { NoValue } from '../../parts/no-value.tsx';
import { isAhead } from '../../parts/today.ts';
import { t } from '../../words/language.ts';
import { formatDays, joinNames } from '../../words/names.ts';

const papersQuery = graphql(`
  query PagePersonPapers($id: ID!, $group: ID!, $ofPolice: Boolean!, $ofOffices: Boolean!) {
    officer(id: $id) @include(if: $ofPolice) {
      formalities(group: $group) {
        kind
        status
      }
      travelNeeds {
        ...PagePersonNeeds
      }
    }
    delegate(id: $id) @include(if: $ofOffices) {
      formalities(group: $group) {
        kind
        status
      }
      travelNeeds {
        ...PagePersonNeeds
      }
    }
  }

  fragment PagePersonNeeds on TravelNeeds {
    diet
    access
    emergencyContact
  }
`);

/** The days of the journeys of a group that have not ended. */
const daysAhead = ({ cancelledOn, visits }: PagePersonGroupFragment): readonly string[] =>
  cancelledOn !== null
    ? []
    : (visits ?? []).filter(isAhead).map(({ startsOn, endsOn }) => formatDays(startsOn, endsOn));

interface PapersProps {
  /** The person who travels. */
  readonly id: string;
  readonly group: PagePersonGroupFragment;
}

/** What a member of a group still needs for its journey. Of a journey that has ended, nothing. */
export function Papers({ id, group }: PapersProps) {
  const days = daysAhead(group);
  return days.length === 0 ? null : <PapersOfJourney id={id} group={group} days={days} />;
}

function PapersOfJourney({ id, group, days }: PapersProps & { days: readonly string[] }) {
  const ofOffices = ownerOf(id) === 'ncm';
  const { response } = useQuery(papersQuery, {
    id,
    group: group.id,
    ofPolice: !ofOffices,
    ofOffices,
  });
  if (!response) return null;
  const kind = ofOffices ? 'delegate' : 'officer';
  const somebody = response.data?.[kind];
  const why = (field: string) => (
    <NoValue why={whyNull(response.errors, [kind, field], ownerOf(id))} />
  );
  const open = somebody?.formalities && openFormalities(somebody.formalities);
  const { diet, access, emergencyContact } = somebody?.travelNeeds ?? {};
  const needs = [
    [t('programme.diet'), diet],
    [t('programme.access'), access],
    [t('programme.emergencyContact'), emergencyContact],
  ].flatMap(([label, value]) => (value ? `${label}: ${value}` : []));
  const areNeedsKnown = whyNull(response.errors, [kind, 'travelNeeds'], ownerOf(id)) === 'unknown';
  return (
    <Facts
      facts={[
        [t('programme.dates'), joinNames(days)],
        [
          t('programme.formalitiesOpen'),
          open
            ? joinNames(open.map((one) => t(`formalityKinds.${one}`))) || t('programme.allDone')
            : why('formalities'),
        ],
        [
          t('programme.travelNeeds'),
          needs.length > 0
            ? needs.map((need) => <div key={need}>{need}</div>)
            : areNeedsKnown
              ? say('noNeeds')
              : why('travelNeeds'),
        ],
      ]}
    />
  );
}
