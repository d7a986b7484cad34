import type { ComponentChildren } from 'preact';
import type { GraphError } from '../../client/send-operation.ts';
import { absentAt, isAbsent, whyMissing, whyNull } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { openFormalities } from '../../parts/formalities.ts';
import {
  bodyHref,
  decideHref,
  doHref,
  formalitiesHref,
  groupHref,
  nomineesHref,
  stopHref,
  visitHref,
} from '../../parts/links.ts';
import { NoValue } from '../../parts/no-value.tsx';
import { PersonName } from '../../parts/person-name.tsx';
import { mayDo } from '../../parts/planning-links.tsx';
import { DueDay } from '../../parts/task.tsx';
import { t } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import type { KnownMember } from './group/members.ts';
import type { WarnedVisit, Warning } from './warnings-query.ts';

type Code = Warning['code'];

interface WarningsProps {
  readonly group: {
    readonly id: string;
    readonly warnings: readonly Warning[] | null;
    readonly visits: readonly WarnedVisit[] | null;
  };
  readonly errors: readonly GraphError[];
  /** The place of the warnings in the response. */
  readonly path: readonly (string | number)[];
  /** On the page of the group: its members, of whom some warnings are. */
  readonly members?: readonly KnownMember[];
}

type Host = { readonly id: string; readonly name: string | null } | null;

const hostName = (host: Host) => host?.name && <a href={bodyHref(host.id)}>{host.name}</a>;

/** What a warning is about: a visit, or a stop, an expert or an offer of one, by name. */
function findSubject(visits: readonly WarnedVisit[] | null, subject: string | null) {
  for (const visit of visits ?? []) {
    const parts: readonly { readonly id: string; readonly name: ComponentChildren }[] = [
      { id: visit.id, name: null },
      ...(visit.stops ?? []).map(({ id, title }) => ({
        id,
        name: <a href={stopHref(visit.id, id)}>{title}</a>,
      })),
      ...(visit.experts ?? []).map(({ id, expert }) => ({
        id,
        name: expert?.name && <PersonName name={expert.name} id={expert.id} why="unknown" />,
      })),
      ...(visit.hostings ?? []).map(({ id, unit }) => ({ id, name: hostName(unit) })),
      ...(visit.regionalHostings ?? []).map(({ id, office }) => ({ id, name: hostName(office) })),
    ];
    const part = parts.find(({ id }) => id === subject);
    if (part) return { visit, name: part.name };
  }
  return undefined;
}

/** Warnings of an expert, and of a host, that their subjects name. */
const ofExperts: readonly Code[] = [
  'LOAN_UNDECIDED',
  'LOAN_PUT_BACK',
  'LOAN_REFUSED',
  'LOAN_WITHDRAWN',
];
const ofHosts: readonly Code[] = ['DECISION_OVERDUE', 'HOSTING_PUT_BACK', 'HOSTING_WITHDRAWN'];
const ofStops: readonly Code[] = ['SITE_CLOSED', 'STOPS_AT_ONE_HOUR'];

/** Whether the name of what a warning is about has to be read. */
export const needsName = ({ code }: Warning): boolean =>
  [...ofExperts, ...ofHosts, ...ofStops].includes(code);

/** Whether a warning is about a member, as far as the reader may know. */
function concerns({ code, deadline }: Warning, { member, why }: KnownMember, group: string) {
  const { formalities, report } = member;
  if (code === 'FORMALITIES_OPEN' || deadline === 'FORMALITIES')
    return formalities ? openFormalities(formalities).length > 0 : false;
  if (code === 'REPORTS_OUTSTANDING' || deadline === 'REPORT')
    return report ? report.group !== group : why('report') === 'unknown';
  return (
    code === 'VISA_REFUSED' &&
    formalities?.some(({ kind, status }) => kind === 'VISA' && status === 'REFUSED') === true
  );
}

interface Place {
  readonly group: string;
  readonly visit: string;
  readonly subject: string;
  readonly owner: string | null;
}

const meeting =
  (kind: string) =>
  ({ group, owner }: Place): string =>
    doHref(owner === 'ncm' ? 'recordDelegatesMeeting' : 'recordGroupMeeting', group, kind);
const changeGroup = ({ group }: Place): string => doHref('changeGroup', group);
const lend = ({ visit, subject }: Place): string =>
  decideHref('DECIDE_LOAN', visit, subject, 'lend');
const release = ({ visit, subject }: Place): string => doHref('releaseExpert', visit, subject);
const nominees = ({ group }: Place): string => nomineesHref(group);

/** Where the co-ordinators of its owner mend what a warning says. */
const mending: Partial<Record<Code, (place: Place) => string>> = {
  PLANNED_TOO_FEW: changeGroup,
  PLANNED_TOO_MANY: changeGroup,
  MORE_MEMBERS_THAN_PLANNED: changeGroup,
  NO_MEMBER: nominees,
  MEMBERS_TOO_FEW: nominees,
  FORMALITIES_OPEN: ({ group }) => formalitiesHref(group),
  BRIEFING_MISSING: meeting('BRIEFING'),
  DEBRIEFING_MISSING: meeting('DEBRIEFING'),
  RETURN_OVERDUE: ({ visit }) => doHref('recordReturn', visit),
  LOAN_UNDECIDED: lend,
  LOAN_PUT_BACK: lend,
  LOAN_REFUSED: release,
  LOAN_WITHDRAWN: release,
  HOSTING_PUT_BACK: ({ visit, subject }) =>
    decideHref('CONFIRM_HOSTING', visit, subject, 'confirm'),
  NO_STOP: ({ visit }) => doHref('addItineraryStop', visit),
  STOPS_AT_ONE_HOUR: ({ subject }) => doHref('moveItineraryStop', subject),
};

/** What needs the visit, which only those who take part in it may know. */
const onVisits: readonly Code[] = [...ofExperts, 'RETURN_OVERDUE', 'HOSTING_PUT_BACK', 'NO_STOP'];

/** Where a warning is mended, for those who can; for others where its subject stands, unless that is here. */
function hrefOf(
  { code, owner, subject }: Warning,
  group: string,
  visit: WarnedVisit | undefined,
  isHere: boolean,
): string | undefined {
  const place = { group, visit: visit?.id ?? '', subject: subject ?? '', owner };
  if (owner !== null && mayDo(owner) && (visit || !onVisits.includes(code))) {
    const href = mending[code]?.(place);
    if (href !== undefined) return href;
  }
  if (code === 'OFFICE_CLOSED' && subject !== null) return bodyHref(subject);
  if (visit) return visitHref(visit.id);
  // Whose they are stands with the members.
  const part = code === 'FORMALITIES_OPEN' ? '#getting-ready' : '';
  return isHere ? part || undefined : `${groupHref(group)}${part}`;
}

const joinParts = (parts: readonly ComponentChildren[]) =>
  parts.flatMap((part, index) => (index > 0 ? [' · ', part] : [part]));

/** What is missing or should be checked: of whom, by whom and until when, with the place where it is mended. */
export function Warnings({ group, errors, path, members }: WarningsProps) {
  const { warnings, visits } = group;
  const lacksSome = isAbsent(whyNull(errors, path));
  // A warning counts the whole group; of whom it is can be said of those whom the reader may know.
  const isPart = members?.some(({ member }) => !member.name) === true;
  const why = whyMissing(errors, path);
  const lack =
    why === 'awaited' ? (
      <NoValue why={why} />
    ) : (
      t('programme.warningsMissing', {
        partners: joinNames(absentAt(errors, path).map(nameOfPartner)),
      })
    );
  if (!warnings)
    return (
      <p>
        {t('programme.warnings')}: {lacksSome ? lack : <NoValue why={why} />}
      </p>
    );
  if (warnings.length === 0 && !lacksSome) return <p>{t('programme.noWarnings')}</p>;
  return (
    <ul class="warnings">
      {warnings.map((warning) => {
        const { code, subject, owner, dueOn, isOverdue, deadline, count, expected } = warning;
        const { visit, name } = findSubject(visits, subject) ?? {};
        const concerned = (members ?? []).filter((one) => concerns(warning, one, group.id));
        // Of whom it is stands in the list of members, if it is of all of them.
        const isOfAll = !isPart && concerned.length > 1 && concerned.length === members?.length;
        const people = (isOfAll ? [] : concerned)
          .filter(({ member }) => member.name)
          .flatMap(({ id, member }, index) => [
            index > 0 && ', ',
            <PersonName key={id} id={id} name={member.name} why="unknown" />,
          ]);
        const href = hrefOf(warning, group.id, visit, members !== undefined);
        const text = t(`warningCodes.${code}`, { number: count ?? '', expected: expected ?? '' });
        const facts = [
          deadline && t(`deadlineKinds.${deadline}`),
          people.length > 0 && (isPart ? [t('programme.amongThem'), ' ', ...people] : people),
          name,
          visit && <a href={visitHref(visit.id)}>{visit.title}</a>,
        ].filter(Boolean);
        return (
          <li key={[code, subject, owner, deadline].join(' ')}>
            <span>
              <span aria-hidden="true">⚠</span> {href ? <a href={href}>{text}</a> : text}
            </span>{' '}
            <span class="soft">{joinParts(facts)}</span>
            <span class="who">{owner && nameOfPartner(owner)}</span>{' '}
            <span class="until">{dueOn && <DueDay dueOn={dueOn} isOverdue={isOverdue} />}</span>
          </li>
        );
      })}
      {lacksSome && <li>{lack}</li>}
    </ul>
  );
}
