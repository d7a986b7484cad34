import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { ownerOf } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { useTitle } from '../../frame/title.ts';
import { graphql } from '../../generated/gql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { sayOfPeople as say, useFormWords } from '../../parts/form/form-words.ts';
import { useSending } from '../../parts/form/use-sending.tsx';
import { personHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { person, reader } from '../../session/session.ts';
import { formatTime, t } from '../../words/language.ts';

const invitedQuery = graphql(`
  query PageInvited($id: ID!, $ofPolice: Boolean!, $ofOffices: Boolean!) {
    officer(id: $id) @include(if: $ofPolice) {
      name
      isRehearsal
    }
    delegate(id: $id) @include(if: $ofOffices) {
      name
      isRehearsal
    }
  }
`);

const inviteOfficer = graphql(`
  mutation PageInviteOfficer($id: ID!) {
    invitation: inviteOfficer(input: { officer: $id }) {
      link
      expiresAt
    }
  }
`);

const inviteDelegate = graphql(`
  mutation PageInviteDelegate($id: ID!) {
    invitation: inviteDelegate(input: { delegate: $id }) {
      link
      expiresAt
    }
  }
`);

interface Made {
  readonly link: string;
  readonly expiresAt: string;
}

/** The link, with the focus on what it is. Nothing else has it: no storage, no address, no draft. */
function Link({ link, expiresAt }: Made) {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.focus(), [link]);
  return (
    <div class="outcome" ref={note} tabIndex={-1} role="status">
      <p>
        <span aria-hidden="true">✓</span> {say('linkMade', { time: formatTime(expiresAt) })}
      </p>
      <p class="link-once">
        <code>{link}</code>
      </p>
      <p>
        <CopyButton label="explorer.copyLink" text={() => link} />
      </p>
      <p>{say('linkOnce')}</p>
    </div>
  );
}

function Page({ id }: { id: string }) {
  const owner = ownerOf(id);
  const ofOffices = owner === 'ncm';
  const { response, refetch } = useQuery(invitedQuery, { id, ofPolice: !ofOffices, ofOffices });
  const { isBusy, refusal, send } = useSending();
  const made = useSignal<Made | undefined>(undefined);
  const somebody = response?.data?.officer ?? response?.data?.delegate;
  const name = somebody?.name ?? '';
  const isDoer = person.value?.organisation === owner && person.value.role === 'coordinator';
  useTitle(say('inviteTitle'));
  useEffect(() => {
    // It is not there for the next reader, nor when somebody comes back to this page.
    const forget = () => (made.value = undefined);
    const first = reader.peek();
    const stop = reader.subscribe((now) => now !== first && forget());
    addEventListener('pagehide', forget);
    return () => {
      stop();
      removeEventListener('pagehide', forget);
    };
  }, []);
  const invite = async () => {
    made.value = undefined;
    const asker = reader.peek();
    const { data } = await send(ofOffices ? inviteDelegate : inviteOfficer, { id });
    const { link, expiresAt } = data?.invitation ?? {};
    if (link && expiresAt && reader.peek() === asker) made.value = { link, expiresAt };
  };
  return (
    <article class="form-page">
      <p class="way-up">
        <a href={personHref(id)}>{name || t('frame.people')}</a>
      </p>
      <h1>{say('inviteTitle')}</h1>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response && !somebody && response.errors.length === 0 && <p>{say('noPerson')}</p>}
      {name !== '' && (
        <p class="lead">
          {name}
          <Rehearsal of={somebody} />
        </p>
      )}
      <p>{say('inviteLead')}</p>
      {!isDoer && <p>{t('form.notYours', { organisation: nameOfPartner(owner) })}</p>}
      {refusal}
      {made.value && <Link {...made.value} />}
      {isDoer && name !== '' && (
        <p>
          <button
            type="button"
            class={made.value ? 'quiet' : undefined}
            disabled={isBusy}
            onClick={() => void invite()}
          >
            {say(made.value ? 'otherLink' : 'makeLink', { name })}
          </button>
        </p>
      )}
    </article>
  );
}

/** Invites a person to the pages about her own journey, and shows the link once. */
export function Invite() {
  const { query } = useLocation();
  const areWordsHere = useFormWords();
  const id = query['id'] ?? '';
  return areWordsHere ? <Page key={id} id={id} /> : <Loading />;
}
