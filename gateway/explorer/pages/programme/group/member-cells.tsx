import type { ComponentChildren } from 'preact';
import { ownerOf } from '../../../client/why-null.ts';
import { Email } from '../../../parts/contacts.tsx';
import { Countries } from '../../../parts/facts.tsx';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { PartyName } from '../../../parts/person-name.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { hasRoom } from '../../../parts/use-width.ts';
import { formatDate, t } from '../../../words/language.ts';
import { joinNames, nameOfLanguage } from '../../../words/names.ts';
import { Badge } from '../badge.tsx';
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
