import { useSignal } from '@preact/signals';
import { useQuery } from '../../client/use-query.ts';
import { ownerOf } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { graphql } from '../../generated/gql.ts';
import type { MyReadingsQuery } from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PersonFile } from '../../parts/person-file.tsx';
import { sayReading, whyOf } from '../../parts/readings.ts';
import { findText, formatDate, t, type WordKey } from '../../words/language.ts';

const readingsQuery = graphql(`
  query MyReadings($first: Int!) {
    me {
      ... on Officer {
        id
        readings(first: $first) {
          ...MyReadingPage
        }
      }
      ... on Delegate {
        id
        readings(first: $first) {
          ...MyReadingPage
        }
      }
    }
  }

  fragment MyReadingPage on ReadingConnection {
    nodes {
      id
      at
      organisation
      role
      purpose
      purposeNote
      type
      fields
      wasRefused
    }
    pageInfo {
      hasNextPage
    }
    toldSince
  }
`);

type Readings = NonNullable<NonNullable<MyReadingsQuery['me']>['readings']>;
type Reading = Readings['nodes'][number];

/** The words for the fields of a type, where they say more than the field’s own. */
const ofType: Readonly<Record<string, WordKey>> = {
  Absence: 'ownData.absence',
  ExpertAssignment: 'ownData.assignments',
  Formality: 'ownData.formalities',
  ParticipantAccess: 'ownData.access',
  ParticipantReport: 'ownData.report',
  SharedContact: 'ownData.sharedContacts',
  Task: 'ownData.task',
  TravelNeeds: 'ownData.travelNeeds',
};

/** What was read, in words: `your travel needs`. */
function describeFields({ type, fields }: Reading): readonly string[] {
  const whole = ofType[type];
  if (whole) return [t(whole)];
  if (fields.length === 0) return [t('ownData.record')];
  return fields.map((field) => findText([`ownData.${field}`], {}) ?? t('ownData.other'));
}

/** The page asks who reads as she does. Only what is shared with others is also read by her fellows. */
const isHerOwn = ({ organisation, role, type }: Reading, person: string): boolean =>
  role === 'participant' && organisation === ownerOf(person) && type !== 'SharedContact';

interface Sentence {
  readonly first: Reading;
  readonly organisations: Set<string>;
  readonly what: Set<string>;
}

/** One sentence for all that one reader read on a day for one purpose. Servers decide together who may see her. */
function writeReadings(readings: readonly Reading[]): readonly string[] {
  const sentences = new Map<string, Sentence>();
  for (const reading of readings) {
    const { at, organisation, role, wasRefused } = reading;
    const reader = role === 'service' ? describeFields(reading) : organisation;
    const key = JSON.stringify([at.slice(0, 10), role, reader, wasRefused, whyOf(reading)]);
    const known = sentences.get(key);
    const sentence = known ?? { first: reading, organisations: new Set(), what: new Set() };
    sentence.organisations.add(nameOfPartner(organisation));
    for (const one of describeFields(reading)) sentence.what.add(one);
    sentences.set(key, sentence);
  }
  return [...sentences.values()].map(({ first, organisations, what }) => {
    return sayReading(first, {
      by: [...organisations],
      what: [...what],
      day: formatDate(first.at.slice(0, 10)),
    });
  });
}

/** So many readings at first, and on demand. The file has all of them. */
const [few, most] = [100, 1000] as const;

function ReadingList({ person }: { person: string }) {
  const first = useSignal<number>(few);
  const { response, refetch } = useQuery(readingsQuery, { first: first.value });
  const readings = response?.data?.me?.readings;
  const others = (readings?.nodes ?? []).filter((reading) => !isHerOwn(reading, person));
  const hasMore = readings?.pageInfo.hasNextPage === true;
  const isWhole = readings && !hasMore && response?.errors.length === 0;
  return (
    <>
      {!response && <Loading />}
      <ResponseNote response={response} refetch={refetch} />
      {isWhole && others.length === 0 && <p>{t('ownData.nobodyRead')}</p>}
      <ul class="journey-readings">
        {writeReadings(others).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {hasMore && first.value < most && (
        <button type="button" class="quiet" onClick={() => (first.value = most)}>
          {t('ownData.showEarlier')}
        </button>
      )}
      {hasMore && first.value === most && <p>{t('ownData.moreInFile')}</p>}
      {readings && (
        <p class="soft">
          {readings.toldSince &&
            t('ownData.toldSince', { day: formatDate(readings.toldSince.slice(0, 10)) })}{' '}
          {t('ownData.withoutOwn')}
        </p>
      )}
    </>
  );
}

/** What is held about her, and who read it. Asked for when she opens it, and never kept. */
export function OwnData({ id }: { id: string }) {
  const isOpen = useSignal(false);
  return (
    <section class="unprinted">
      <h2>{t('personFile.title')}</h2>
      <p>{t('personFile.about')}</p>
      <PersonFile id={id} />
      <details onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
        <summary>{t('ownData.whoRead')}</summary>
        {isOpen.value && <ReadingList person={id} />}
      </details>
    </section>
  );
}
