import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import {
  absentAt,
  isAbsent,
  ownerOf,
  whyLacking,
  whyMissing,
  whyNull,
} from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import type { GroupState } from '../../../generated/graphql.ts';
import { Countries } from '../../../parts/facts.tsx';
import { openFormalities } from '../../../parts/formalities.ts';
import { doHref, formalitiesHref, nomineesHref, visitHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { AtLeast, NoValue } from '../../../parts/no-value.tsx';
import { Outcome, showing } from '../../../parts/outcome.tsx';
import { mayDo, Nominate, PlanningLinks } from '../../../parts/planning-links.tsx';
import { isPast } from '../../../parts/today.ts';
import { person } from '../../../session/session.ts';
import { t } from '../../../words/language.ts';
import { formatDays } from '../../../words/names.ts';
import { Badge, StopStates } from '../badge.tsx';
import { PageNote, PeopleNote } from '../page-note.tsx';
import { Steps } from '../steps.tsx';
import { readsExperts } from '../warnings-query.ts';
import { Warnings } from '../warnings.tsx';
import { groupQuery, type PageGroup } from './group-query.ts';
import { Meetings } from './meetings.tsx';
import { MembersList } from './members-list.tsx';
import { membersOf, type KnownMember } from './members.ts';
import { Overview, type GroupProps } from './overview.tsx';
import { Preparation } from './preparation.tsx';

function Visits({ group: { visits }, errors }: GroupProps) {
  if (!visits) return <NoPart errors={errors} path={['group', 'visits']} owner="nbnp" />;
  if (visits.length === 0) return <p>{t('programme.noVisits')}</p>;
  return (
    <ul class="visit-cards">
      {visits.map((visit, index) => (
        <li key={visit.id} ref={showing(visit.id)}>
          <a href={visitHref(visit.id)}>{visit.title}</a>
          <span>
            {formatDays(visit.startsOn, visit.endsOn)} ·{' '}
            <Countries codes={visit.hostCountries ?? []} />
          </span>
          {visit.returnedOn === null &&
            visit.cancelledOn === null &&
            (visit.stops ? (
              <StopStates stops={visit.stops} />
            ) : (
              <span>
                {t('programme.itinerary')}:{' '}
                <NoValue why={whyNull(errors, ['group', 'visits', index, 'stops'], 'nbnp')} />
              </span>
            ))}
          {visit.departedOn && visit.returnedOn === null && isPast(visit.endsOn) && (
            <span>
              <strong>{t('programme.awaitsReturn')}</strong>
              {mayDo('nbnp') && (
                <>
                  {' '}
                  · <a href={doHref('recordReturn', visit.id)}>{t('taskKinds.RECORD_RETURN')}</a>
                </>
              )}
            </span>
          )}
          {visit.cancelledOn && <Badge sign="✕" text={t('programme.cancelledVisit')} kind="bad" />}
        </li>
      ))}
    </ul>
  );
}

const afterReturn: readonly GroupState[] = ['RETURNED', 'DEBRIEFED', 'REPORTED', 'EVALUATED'];

/** Whether nothing is left to do before the journey. */
const isBack = ({ state }: PageGroup): boolean => state !== null && afterReturn.includes(state);

/** What is counted of the members, for those who may not read of them too. */
function Counts({ group, errors }: GroupProps) {
  const members = membersOf(group, errors);
  const ofThis = members.filter(({ member }) => member.report?.group === group.id);
  // While an organisation is away, the members of the others say how many there are at least.
  const least = {
    formalitiesOpen: members.reduce(
      (sum, { member: { formalities } }) =>
        sum + (formalities ? openFormalities(formalities).length : 0),
      0,
    ),
    reportsReceived: ofThis.length,
    reportsExpected: members.filter(({ why }) => !isAbsent(why('report'))).length,
  };
  const known = (field: keyof typeof least) => (
    <AtLeast value={group[field]} least={least[field]} why={whyLacking(errors, ['group', field])} />
  );
  return (
    <p>
      {/* Nobody gets papers for a journey that has ended. */}
      {!isBack(group) && (
        <>
          {t('programme.formalitiesOpen')}: {known('formalitiesOpen')} ·{' '}
        </>
      )}
      {t('programme.reports')}: {known('reportsReceived')} ({t('programme.expected')}:{' '}
      {known('reportsExpected')})
    </p>
  );
}

/** Who travels, as far as the reader may see, and how many more do. */
function Members({ group, errors }: GroupProps) {
  const members = membersOf(group, errors);
  const why = whyNull(errors, ['group', 'members'], 'ncm');
  return (
    <>
      {group.members || why === 'withheld' ? (
        <PeopleNote shown={members.length} all={group.memberCount} />
      ) : (
        <NoPart errors={errors} path={['group', 'members']} owner="ncm" />
      )}
      <MembersList group={group} errors={errors} members={members} />
    </>
  );
}

const isCoordinator = (): boolean => person.value?.role === 'coordinator';

/** Whether somebody waits for the reader: the network decides on officers, the offices on delegates. */
function hasNominees({ officerNominations, awaitingDelegates }: PageGroup): boolean {
  const waiting =
    person.value?.organisation === 'nbnp'
      ? officerNominations?.filter(({ status }) => status === 'PENDING')
      : person.value?.organisation === 'ncm' && awaitingDelegates;
  return isCoordinator() && Boolean(waiting && waiting.length > 0);
}

/** Whether the reader decided on somebody, or proposed somebody. */
function seesNominees({ officerNominations, delegateNominationCount }: PageGroup): boolean {
  const { organisation } = person.value ?? {};
  if (!isCoordinator()) return false;
  if (organisation === 'ncm') return delegateNominationCount !== 0;
  return (
    officerNominations?.some(({ id }) => organisation === 'nbnp' || ownerOf(id) === organisation) ??
    false
  );
}

/** Whoever sends a member records the formalities. */
const isSender = (members: readonly KnownMember[]): boolean =>
  isCoordinator() && members.some(({ id }) => ownerOf(id) === person.value?.organisation);

/**
 * Whether there is something to warn of, or to say that there is not: not beside papers that are still
 * open, and not of a group that has come to its end.
 */
function hasWarnings(group: PageGroup, errors: GroupProps['errors']): boolean {
  const isComplete =
    group.warnings?.length === 0 && absentAt(errors, ['group', 'warnings']).length === 0;
  return !isComplete || (group.formalitiesOpen === 0 && !isBack(group));
}

function GroupSections({ group, errors }: GroupProps) {
  const members = membersOf(group, errors);
  const isOpen = group.cancelledOn === null;
  const isDone = group.state === 'EVALUATED';
  return (
    <>
      <Steps group={group} why={whyMissing(errors, ['group', 'state'])} />
      <Overview group={group} errors={errors} />
      <PlanningLinks
        id={group.id}
        forms={[
          ['scheduleVisit', 'plan.scheduleVisit', isOpen && !isDone],
          ['changeGroup', 'plan.changeGroup', isOpen],
          ['copyGroup', 'plan.copyGroup'],
          ['recordAbsence', 'plan.recordAbsence', isOpen],
          ['cancelGroup', 'plan.cancelGroup', isOpen && !isDone],
          ['removeGroup', 'plan.removeGroup', isOpen && group.visits?.length === 0],
        ]}
      />
      {hasWarnings(group, errors) && (
        <>
          <h2>{t('programme.warnings')}</h2>
          <Warnings group={group} errors={errors} path={['group', 'warnings']} members={members} />
        </>
      )}
      <div class="halves">
        <div>
          <h2>{t('programme.visits')}</h2>
          <Visits group={group} errors={errors} />
        </div>
        <div>
          <h2>{t('programme.meetings')}</h2>
          <Meetings group={group} errors={errors} />
        </div>
      </div>
      <h2>{t('programme.members')}</h2>
      <div class="doings-row">
        {isOpen && seesNominees(group) && (
          <p>
            <a href={nomineesHref(group.id)}>
              {t(hasNominees(group) ? 'form.nominees' : 'form.allNominees')}
            </a>
          </p>
        )}
        <Nominate group={group} />
      </div>
      <Members group={group} errors={errors} />
      <h2 id="getting-ready">{t('programme.gettingReady')}</h2>
      {isSender(members) && (
        <p>
          <a href={formalitiesHref(group.id)}>{t('form.formalities')}</a>
        </p>
      )}
      <Counts group={group} errors={errors} />
      <Preparation group={group} errors={errors} members={members} isOver={isBack(group)} />
    </>
  );
}

/** One group: how far it is, who travels, and what is still open. */
export function Group() {
  const { query } = useLocation();
  const id = query['id'] ?? '';
  const { response, refetch } = useQuery(groupQuery, { id, readsExperts: readsExperts() });
  const group = response?.data?.group;
  useTitle(group?.name);
  const why = whyNull(response?.errors ?? [], ['group'], 'nbnp');
  return (
    <>
      <p class="way-up">
        <a href="/programme">{t('programme.allGroups')}</a>
      </p>
      <h1>{group?.name ?? t('programme.group')}</h1>
      <Outcome />
      <PageNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response && !group && why === 'unknown' && <p>{t('programme.noSuchGroup')}</p>}
      {response && !group && why !== 'unknown' && (
        <NoPart errors={response.errors} path={['group']} owner="nbnp" />
      )}
      {group && <GroupSections group={group} errors={response.errors} />}
    </>
  );
}
