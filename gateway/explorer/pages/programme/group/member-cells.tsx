import type { ComponentChildren } from 'preact';
import { ownerOf } from '../../../client/why-null.ts';
import type { FormalityKind, FormalityStatus } from '../../../generated/graphql.ts';
import { Email } from '../../../parts/contacts.tsx';
import { Countries } from '../../../parts/facts.tsx';
import { formalityKinds, openFormalities } from '../../../parts/formalities.ts';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { PartyName } from '../../../parts/party-name.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { hasRoom } from '../../../parts/use-width.ts';
import { person } from '../../../session/session.ts';
import { formatDate, formatNumber, t } from '../../../words/language.ts';
import { joinNames, nameOfLanguage } from '../../../words/names.ts';
import { Badge } from '../badge.tsx';
import type { PageGroup } from './group-query.ts';
import type { KnownMember } from './members.ts';

/** What says whom a member works for, or as what. */
export const postOf = ({ __typename: kind }: KnownMember['member']): 'rank' | 'employer' =>
  kind === 'Officer' ? 'rank' : 'employer';

/** What stands above the list, because it is withheld of all, is left out. */
interface CellProps extends KnownMember {
  readonly isShort: boolean;
}

export const TargetGroup = ({ member: { targetGroup }, why }: KnownMember) => (
  <Known value={targetGroup && t(`targetGroups.${targetGroup}`)} why={why('targetGroup')} />
);

/** What a member is: target group, and the rank of an officer or the employer of a delegate. */
export function Post({ id, member, why, isShort }: CellProps) {
  const post = member.__typename === 'Officer' ? member.rank : member.employer;
  return (
    <div class="soft">
      <TargetGroup member={member} why={why} id={id} />
      {!isShort && (
        <>
          {' · '}
          <Known value={post} why={why(postOf(member))} />
        </>
      )}
    </div>
  );
}

/** The organisation that sends a member, and her country. */
export function Sender({ member, why, children }: KnownMember & { children?: ComponentChildren }) {
  const isOfficer = member.__typename === 'Officer';
  const sender = isOfficer ? member.unit : member.office;
  return (
    <>
      {sender?.name ? (
        <PartyName party={sender} />
      ) : (
        <NoValue why={why(isOfficer ? 'unit' : 'office')} />
      )}
      <div class="soft">
        <Known
          value={member.country && <Countries codes={[member.country]} />}
          why={why('country')}
        />{' '}
        {children}
      </div>
    </>
  );
}

/** How to write to a member, and in which languages. */
export function Contact({ member: { email, languages }, why, isShort }: CellProps) {
  return (
    <>
      {!isShort && <Known value={email && <Email address={email} />} why={why('email')} />}
      <div class="soft">
        <Known
          value={languages && joinNames(languages.map(nameOfLanguage))}
          why={why('languages')}
        />
      </div>
    </>
  );
}

const signs: Readonly<Record<FormalityStatus, readonly [sign: string, kind: string]>> = {
  RECEIVED: ['✓', 'good'],
  NOT_NEEDED: ['–', 'good'],
  REQUESTED: ['…', 'warn'],
  REFUSED: ['✕', 'bad'],
};

type Formality = NonNullable<KnownMember['member']['formalities']>[number];

/** One formality of one person. What nobody has recorded is open. */
function State({ formality }: { formality: Formality | undefined }) {
  if (!formality) return <Badge sign="?" text={t('programme.open')} kind="warn" />;
  const [sign, look] = signs[formality.status];
  return (
    <>
      <Badge sign={sign} text={t(`formalityStates.${formality.status}`)} kind={look} />{' '}
      <span class="soft">
        {formatDate(formality.on)} {formality.note}
      </span>
    </>
  );
}

/** The papers that are open for all members, as far as the reader knows of all. */
export function openForAll(members: readonly KnownMember[]): readonly FormalityKind[] {
  const open = members.map(({ member: { formalities } }) =>
    formalities ? openFormalities(formalities) : [],
  );
  return open.length < 2
    ? []
    : formalityKinds.filter((kind) => open.every((of) => of.includes(kind)));
}

type FormalitiesProps = KnownMember & { readonly common: readonly FormalityKind[] };

/**
 * The papers of a member: what is open, and all of them when they are opened. What is open for all
 * members alike stands above the list, and is a number here.
 */
export function Formalities({ member: { formalities }, why, common }: FormalitiesProps) {
  if (!formalities)
    return why('formalities') === 'withheld' ? null : <NoValue why={why('formalities')} />;
  const of = (kind: FormalityKind) => formalities.find((one) => one.kind === kind);
  const open = openFormalities(formalities);
  return (
    <>
      <details>
        <summary>
          {open.length === 0 ? (
            <Badge sign="✓" text={t('programme.allDone')} kind="good" />
          ) : (
            <Badge
              sign="?"
              text={`${t('programme.open')}: ${formatNumber(open.length)}`}
              kind="warn"
            />
          )}
        </summary>
        <ul class="plain">
          {formalityKinds.map((kind) => (
            <li key={kind}>
              {t(`formalityKinds.${kind}`)}: <State formality={of(kind)} />
            </li>
          ))}
        </ul>
      </details>
      {open.length !== common.length && (
        <div class="soft">{joinNames(open.map((kind) => t(`formalityKinds.${kind}`)))}</div>
      )}
      {formalities.map(
        ({ kind, saidDoneOn, saidNote }) =>
          saidDoneOn && (
            <div key={kind}>
              {t(`formalityKinds.${kind}`)}:{' '}
              <strong>{t('programme.saysDone', { day: formatDate(saidDoneOn) })}</strong> {saidNote}
            </div>
          ),
      )}
    </>
  );
}

type Visit = NonNullable<PageGroup['visits']>[number];

/** The visits ahead whose practical information is written, as far as the reader may see who has read it. */
export const readableVisits = (visits: PageGroup['visits']): readonly Visit[] =>
  (visits ?? []).filter(
    ({ practicalInformation, informationReadBy, cancelledOn, returnedOn }) =>
      practicalInformation !== null &&
      informationReadBy !== null &&
      cancelledOn === null &&
      returnedOn === null,
  );

/** Whether the reader is told of a member’s papers. */
export const isTold = (id: string): boolean =>
  ['nbnp', ownerOf(id)].includes(person.value?.organisation ?? '');

/** Whether none of these members has read what to know before a visit. */
export const isUnread = (visit: Visit, members: readonly KnownMember[]): boolean =>
  members.length > 1 &&
  visit.informationReadBy?.length === 0 &&
  members.every(({ id }) => isTold(id));

/** Whether a member has read what to know before a visit. */
export function Reading({ id, visit }: { id: string; visit: Visit }) {
  const read = visit.informationReadBy?.find(({ participant }) => participant?.id === id);
  if (!read && !isTold(id)) return null;
  if (!read) return <Badge sign="?" text={t('programme.notRead')} kind="warn" />;
  return (
    <>
      {read.isCurrent ? (
        <Badge sign="✓" text={t('programme.hasRead')} kind="good" />
      ) : (
        <Badge sign="!" text={t('programme.readEarlier')} kind="warn" />
      )}{' '}
      <span class="soft">{formatDate(read.on)}</span>
    </>
  );
}

/** A member’s report on this group’s journey. A member may have travelled with another since. */
export function Report({ id, member, why, groupId }: KnownMember & { groupId: string }) {
  const { __typename: kind, name, report } = member;
  if (!report && why('report') === 'withheld') return null;
  if (!report && why('report') !== 'unknown') return <NoValue why={why('report')} />;
  if (report?.group !== groupId) return <>{t('programme.notReceived')}</>;
  const form = kind === 'Officer' ? 'correctOfficerReport' : 'correctDelegateReport';
  return (
    <>
      <Badge sign="✓" text={formatDate(report.receivedOn)} kind="good" />
      {report.text === null ? (
        <NoValue why={why('report', 'text')} />
      ) : (
        <>
          <details>
            <summary>{t('programme.read')}</summary>
            <p class="prose">{report.text}</p>
          </details>
          <PlanningLinks
            by={ownerOf(id)}
            id={groupId}
            part={id}
            of={name ?? ''}
            forms={[[form, 'plan.correctReport']]}
          />
        </>
      )}
    </>
  );
}

const needs = ['diet', 'access', 'emergencyContact'] as const;

/** Diet, access and emergency contact, as far as the reader may read them. */
export function Needs({ member: { travelNeeds }, why }: KnownMember) {
  if (!travelNeeds && !['withheld', 'unknown'].includes(why('travelNeeds')))
    return <NoValue why={why('travelNeeds')} />;
  const own = needs.filter((need) => travelNeeds?.[need]);
  const list = own.map((need) => (
    <div key={need}>
      <span class="soft">{t(`programme.${need}`)}:</span> {travelNeeds?.[need]}
    </div>
  ));
  if (own.length === 0 || hasRoom()) return <>{list}</>;
  return (
    <details>
      <summary>{joinNames(own.map((need) => t(`programme.${need}`)))}</summary>
      {list}
    </details>
  );
}
