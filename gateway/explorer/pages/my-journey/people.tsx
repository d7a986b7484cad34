import { useEffect, useState } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { graphql } from '../../generated/gql.ts';
import type { MyContactsQuery, SharedWith } from '../../generated/graphql.ts';
import { Email } from '../../parts/contacts.tsx';
import { dateExample, DateField, dayField } from '../../parts/form/date-field.tsx';
import { readDate } from '../../parts/form/entries.ts';
import { useIdempotencyKey } from '../../parts/form/use-idempotency-key.ts';
import { useSending } from '../../parts/form/use-sending.tsx';
import { today } from '../../parts/today.ts';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import { joinNames, nameOfCountry, nameOfLanguage } from '../../words/names.ts';
import { hasDraft, JourneyForm } from './journey-form.tsx';
import { mutationOf } from './mutations.ts';
import type { JourneyGroup, Me } from './my-journey-query.ts';

const contactsQuery = graphql(`
  query MyContacts($group: ID!, $programme: ID!) {
    me {
      __typename
      ... on Officer {
        id
        sharedContacts {
          id
          with
          group
          programme
          workAddress
          until
        }
      }
      ... on Delegate {
        id
        sharedContacts {
          id
          with
          group
          programme
          workAddress
          until
        }
      }
    }
    officersOfGroup: sharedOfficerContacts(with: GROUP, group: $group) {
      nodes {
        id
        person
        name
        organisation
        languages
        workAddress
      }
    }
    delegatesOfGroup: sharedDelegateContacts(with: GROUP, group: $group) {
      nodes {
        id
        person
        name
        organisation
        languages
        workAddress
      }
    }
    officersOfProgramme: sharedOfficerContacts(with: PROGRAMME, programme: $programme) {
      nodes {
        id
        person
        name
        organisation
        languages
        workAddress
      }
    }
    delegatesOfProgramme: sharedDelegateContacts(with: PROGRAMME, programme: $programme) {
      nodes {
        id
        person
        name
        organisation
        languages
        workAddress
      }
    }
    officersOfNetwork: sharedOfficerContacts(with: NETWORK) {
      nodes {
        id
        person
        name
        organisation
        languages
        workAddress
      }
    }
    delegatesOfNetwork: sharedDelegateContacts(with: NETWORK) {
      nodes {
        id
        person
        name
        organisation
        languages
        workAddress
      }
    }
  }
`);

type Contact = NonNullable<MyContactsQuery['officersOfGroup']>['nodes'][number];

/** Each person once, without herself, with the address that she has given to the closest circle. */
function contactsOf(data: MyContactsQuery, own: string): readonly Contact[] {
  const { me: _me, ...lists } = data;
  const people = new Map<string, Contact>();
  for (const contact of Object.values(lists).flatMap((list) => list?.nodes ?? [])) {
    const known = people.get(contact.person);
    if (!known || known.workAddress === null) people.set(contact.person, contact);
  }
  people.delete(own);
  return [...people.values()];
}

interface PeopleProps {
  readonly me: Pick<Me, '__typename' | 'id'>;
  readonly group: JourneyGroup;
}

/** How often what others share is asked for again, so that what they take back goes. */
const againMs = 60_000;

/** A consent may last two years. The form offers one. */
const inOneYear = (): string => `${Number(today().slice(0, 4)) + 1}${today().slice(4)}`;

type Own = NonNullable<NonNullable<MyContactsQuery['me']>['sharedContacts']>[number];

function OwnConsents({
  me,
  own,
  refetch,
}: PeopleProps & { own: readonly Own[] | null; refetch: () => void }) {
  const { isBusy, refusal, send } = useSending();
  const withdraw = async ({ id: contact }: Own) => {
    const { document, her } = mutationOf(me, 'withdraw');
    await send(document, { input: { ...her, contact } });
    refetch();
  };
  if (own?.length === 0) return <p>{t('journey.sharesNothing')}</p>;
  return (
    <ul class="journey-consents">
      {own === null && <li>{t('response.missing')}</li>}
      {own?.map((one) => (
        <li key={one.id}>
          {t('journey.sharesWith', {
            whom: t(`sharedWith.${one.with}`),
            until: formatDate(one.until),
          })}
          {one.workAddress && ` ${one.workAddress}`}{' '}
          <button type="button" class="quiet" disabled={isBusy} onClick={() => void withdraw(one)}>
            {t('journey.withdraw')}
          </button>
        </li>
      ))}
      {refusal}
    </ul>
  );
}

function ShareForm({ me, group, refetch }: PeopleProps & { refetch: () => void }) {
  const { isBusy, refusal, send } = useSending();
  const createKey = useIdempotencyKey();
  const draft = 'my-journey share';
  const [isOpen] = useState(() => hasDraft(draft));
  const share = async (form: FormData) => {
    const whom = String(form.get('with')) as SharedWith;
    const { document, her } = mutationOf(me, 'share');
    const values = {
      ...her,
      with: whom,
      group: whom === 'GROUP' ? group.id : null,
      programme: whom === 'PROGRAMME' ? group.programme.id : null,
      workAddress: String(form.get('workAddress')).trim() || null,
      until: readDate('until', form),
    };
    const { errors } = await send(document, {
      input: { ...values, idempotencyKey: createKey(values) },
    });
    refetch();
    return errors.length === 0;
  };
  return (
    <details open={isOpen}>
      <summary>{t('journey.share')}</summary>
      <JourneyForm label={t('journey.giveConsent')} {...{ isBusy, refusal, draft }} onSend={share}>
        <p>{t('journey.shareNote')}</p>
        <label>
          {t('journey.withWhom')}
          <select name="with">
            {(['GROUP', 'PROGRAMME', 'NETWORK'] as const).map((one) => (
              <option key={one} value={one}>
                {t(`sharedWith.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('journey.workAddress')}
          <input name="workAddress" type="email" autocomplete="email" />
        </label>
        <fieldset class="plain">
          <legend>{t('journey.until')}</legend>
          <p class="help">{dateExample(false)}</p>
          <DateField {...dayField('until', t('journey.until'))} given={[inOneYear()]} />
        </fieldset>
      </JourneyForm>
    </details>
  );
}

/** Where those who travel with her are from, and what they speak: who is told alike is counted. */
function Fellows({
  members,
}: {
  members: readonly NonNullable<JourneyGroup['members']>[number][];
}) {
  const numbers = new Map<string, number>();
  for (const member of members) {
    if (!member) continue;
    const from = member.country ? nameOfCountry(member.country) : t('response.unknown');
    const languages = 'languages' in member && member.languages?.map(nameOfLanguage);
    const about = languages ? `${from} (${joinNames(languages)})` : from;
    numbers.set(about, (numbers.get(about) ?? 0) + 1);
  }
  return (
    <ul>
      {[...numbers].map(([about, number]) => (
        <li key={about}>
          {number > 1 && `${formatNumber(number)} × `}
          {about}
        </li>
      ))}
    </ul>
  );
}

/** Who travels with her, as far as they let her know, and what she lets others know. Never kept. Nobody travels with a cancelled group. */
export function People({ me, group }: PeopleProps) {
  const { response, refetch } = useQuery(contactsQuery, {
    group: group.id,
    programme: group.programme.id,
  });
  useEffect(() => {
    const timer = setInterval(refetch, againMs);
    addEventListener('focus', refetch);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', refetch);
    };
  }, [group.id]);
  const data = response?.data;
  const fellows = (group.members ?? []).flatMap((one) => (one && one.id !== me.id ? one : []));
  const contacts = data ? contactsOf(data, me.id) : [];
  // Null while the organisation that keeps them is unavailable: nobody knows then what she shares.
  const own = data?.me?.sharedContacts ?? null;
  const consents = <OwnConsents me={me} group={group} own={own} refetch={refetch} />;
  if (group.cancelledOn !== null)
    return !data?.me || own?.length === 0 ? null : (
      <section class="journey-people">
        <h2>{t('journey.ownShares')}</h2>
        {consents}
      </section>
    );
  return (
    <section class="journey-people">
      <h2>{t('journey.people')}</h2>
      <Fellows members={fellows} />
      <h3>{t('journey.shared')}</h3>
      {data && contacts.length === 0 && (
        <p>{t(response.completeness?.complete ? 'journey.nobodyShares' : 'response.missing')}</p>
      )}
      <ul class="journey-contacts">
        {contacts.map(({ person, name, organisation, languages, workAddress }) => (
          <li key={person}>
            <strong>{name}</strong>
            {organisation && `, ${organisation}`}
            {languages && ` (${joinNames(languages.map(nameOfLanguage))})`}
            {workAddress && (
              <>
                {' '}
                <Email address={workAddress} />
              </>
            )}
          </li>
        ))}
      </ul>
      <h3>{t('journey.ownShares')}</h3>
      {data?.me && consents}
      <ShareForm me={me} group={group} refetch={refetch} />
    </section>
  );
}
