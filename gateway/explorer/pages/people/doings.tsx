import { ownerOf, type WhyNull } from '../../client/why-null.ts';
import type { PagePersonQuery } from '../../generated/graphql.ts';
import { sayOfPeople as say, titleOf } from '../../parts/form/form-words.ts';
import { inviteHref } from '../../parts/links.ts';
import { NoValue } from '../../parts/no-value.tsx';
import { PersonFile } from '../../parts/person-file.tsx';
import { FormLinks } from '../../parts/planning-links.tsx';
import { formatDate } from '../../words/language.ts';
import { AccessState, isAccessOpen } from './access-state.tsx';

export type Somebody = NonNullable<
  PagePersonQuery['officer'] | PagePersonQuery['expert'] | PagePersonQuery['delegate']
>;
export type WhyOf = (field: string) => WhyNull;

/** The forms about a person, by the kind of record. */
export const formsOf = {
  Officer: {
    change: 'changeOfficer',
    endAccess: 'endOfficerAccess',
    remove: 'removeOfficer',
    erase: 'eraseOfficer',
  },
  Expert: {
    change: 'changeExpert',
    endAccess: '',
    remove: 'removeExpert',
    erase: 'eraseExpert',
  },
  Delegate: {
    change: 'changeDelegate',
    endAccess: 'endDelegateAccess',
    remove: 'removeDelegate',
    erase: 'eraseDelegate',
  },
} as const;

/** Whether somebody who travels can open the pages about her own journey. */
export function OwnPages({ somebody }: { somebody: Exclude<Somebody, { __typename: 'Expert' }> }) {
  const { access, nominations, id, __typename: kind } = somebody;
  const travels = nominations?.some(({ status }) => status === 'SELECTED') === true;
  return (
    <>
      <h2>{say('access')}</h2>
      <p>
        <AccessState access={access} />
        {access?.endsOn && ` ${say('accessUntil', { day: formatDate(access.endsOn) })}`}
      </p>
      {travels ? (
        <p>
          <a class="button" href={inviteHref(id)}>
            {say(access ? 'inviteAgain' : 'invite')}
          </a>
        </p>
      ) : (
        <p class="soft">{say('inviteLater')}</p>
      )}
      <FormLinks
        by={ownerOf(id)}
        id={id}
        forms={[[formsOf[kind].endAccess, titleOf('endAccess'), isAccessOpen(access)]]}
      />
    </>
  );
}

interface KeepingProps {
  readonly somebody: Somebody;
  readonly data: PagePersonQuery;
  readonly why: WhyOf;
  /** Why the lists of what is due or remains are missing. */
  readonly whyNoList: ReturnType<WhyOf> | undefined;
}

/** What is kept of a person, until when, and how it goes. */
export function Keeping({ somebody, data, why, whyNoList }: KeepingProps) {
  const { id, name, hold, __typename: kind } = somebody;
  const { remove, erase } = formsOf[kind];
  const isHere = name !== null;
  const isHeld = hold !== null;
  // Null by an error may be a hold.
  const isFree = !isHeld && why('hold') === 'unknown';
  const due = [data.policeRetention, data.officeRetention]
    .flatMap((list) => list?.nodes ?? [])
    .filter((row) => row.person === id);
  const remains = [data.policeErasures, data.officeErasures]
    .flatMap((list) => list?.nodes ?? [])
    .some((row) => row.person === id);
  const uses = kind === 'Expert' ? somebody.assignments : somebody.nominations;
  return (
    <>
      <h2>{say('keeping')}</h2>
      {due.map((row) => (
        <p key={row.kind}>{say(`due_${row.kind}`, { day: formatDate(row.dueOn) })}</p>
      ))}
      {hold && (
        <p>{say('heldUntil', { day: formatDate(hold.until ?? ''), reason: hold.reason })}</p>
      )}
      {isHere && isFree && <p>{say('notHeld')}</p>}
      {!isHeld && !isFree && <NoValue why={why('hold')} />}
      {whyNoList && <NoValue why={whyNoList} />}
      {remains && <p>{say('textsRemain')}</p>}
      {isHere && <PersonFile id={id} name={name} />}
      <FormLinks
        by={ownerOf(id)}
        id={id}
        forms={[
          [`hold${kind}`, isHeld ? say('changeHold') : titleOf('holdData'), isHere || isHeld],
          [`lift${kind}`, titleOf('liftHold'), isHeld],
          [erase, titleOf('erasePerson'), isHere && isFree],
          [remove, titleOf('removePerson'), isHere && isFree && uses?.length === 0],
          [`eraseTextsOf${kind}`, titleOf('eraseTexts'), remains],
        ]}
      />
    </>
  );
}
