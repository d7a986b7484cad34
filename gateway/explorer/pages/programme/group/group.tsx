import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { ownerOf, whyMissing, whyNull } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import { visitHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { Known } from '../../../parts/no-value.tsx';
import { Outcome } from '../../../parts/outcome.tsx';
import { Nominate, PlanningLinks } from '../../../parts/planning-links.tsx';
import { Table } from '../../../parts/table.tsx';
import { person } from '../../../session/session.ts';
import { t } from '../../../words/language.ts';
import { formatDays, joinNames, nameOfCountry } from '../../../words/names.ts';
import { Badge } from '../badge.tsx';
import { PageNote, PeopleNote } from '../page-note.tsx';
import { Warnings } from '../warnings.tsx';
import { Absences } from './absences.tsx';
import { FormalitiesTable } from './formalities-table.tsx';
import { groupQuery, type PageGroup } from './group-query.ts';
import { Meetings } from './meetings.tsx';
import { MemberName, MembersTable } from './members-table.tsx';
import { membersOf, type KnownMember } from './members.ts';
import { Overview, type GroupProps } from './overview.tsx';
import { Reports } from './reports.tsx';
import { Reserves } from './reserves.tsx';

/** Diet, access and emergency contacts of the members, as far as the caller may read them. */
function TravelNeeds({ members }: { members: readonly KnownMember[] }) {
  const rows = members.filter(({ member: { travelNeeds } }) =>
    [travelNeeds?.diet, travelNeeds?.access, travelNeeds?.emergencyContact].some(Boolean),
  );
  const withheld = members.filter(({ why }) => why('travelNeeds') === 'withheld').length;
  if (rows.length + withheld === 0) return null;
  return (
    <>
      <h2>{t('programme.travelNeeds')}</h2>
      {withheld > 0 && (
        <p>{t('programme.withheldOf', { number: withheld, all: members.length })}</p>
      )}
      {rows.length > 0 && (
        <Table
          caption={t('programme.travelNeeds')}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { title: t('programme.name'), of: (row) => <MemberName {...row} /> },
            { title: t('programme.diet'), of: ({ member }) => member.travelNeeds?.diet },
            { title: t('programme.access'), of: ({ member }) => member.travelNeeds?.access },
            {
              title: t('programme.emergencyContact'),
              of: ({ member }) => member.travelNeeds?.emergencyContact,
            },
          ]}
        />
      )}
    </>
  );
}

function Visits({ group: { visits }, errors }: GroupProps) {
  if (!visits) return <NoPart errors={errors} path={['group', 'visits']} owner="nbnp" />;
  if (visits.length === 0) return <p>{t('programme.noVisits')}</p>;
  return (
    <ul class="visit-cards">
      {visits.map((visit) => (
        <li key={visit.id}>
          <a href={visitHref(visit.id)}>{visit.title}</a>
          <span>
            {formatDays(visit.startsOn, visit.endsOn)} ·{' '}
            {joinNames((visit.hostCountries ?? []).map(nameOfCountry))}
          </span>
          {visit.cancelledOn && <Badge sign="✕" text={t('programme.cancelledVisit')} kind="bad" />}
        </li>
      ))}
    </ul>
  );
}

/** Who travels, as far as the reader may see, and how many more do. */
function Members({ group, errors, members }: GroupProps & { members: readonly KnownMember[] }) {
  const { memberCount } = group;
  const why = whyNull(errors, ['group', 'members'], 'ncm');
  if (!group.members && why !== 'withheld')
    return <NoPart errors={errors} path={['group', 'members']} owner="ncm" />;
  const shown = members.length;
  return (
    <>
      <PeopleNote shown={shown} all={memberCount} />
      {(shown > 0 || memberCount === 0) && <MembersTable group={group} members={members} />}
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

function GroupSections({ group, errors }: GroupProps) {
  const members = membersOf(group, errors);
  const isOpen = group.cancelledOn === null;
  return (
    <>
      <Overview group={group} errors={errors} />
      <PlanningLinks
        id={group.id}
        forms={[
          ['scheduleVisit', 'plan.scheduleVisit', isOpen],
          ['changeGroup', 'plan.changeGroup', isOpen],
          ['copyGroup', 'plan.copyGroup'],
          ['recordAbsence', 'plan.recordAbsence', isOpen],
          ['cancelGroup', 'plan.cancelGroup', isOpen],
          ['removeGroup', 'plan.removeGroup', isOpen && group.visits?.length === 0],
        ]}
      />
      <h2>{t('programme.warnings')}</h2>
      <Warnings group={group} errors={errors} path={['group', 'warnings']} />
      <h2>{t('programme.visits')}</h2>
      <Visits group={group} errors={errors} />
      <h2>{t('programme.meetings')}</h2>
      <Meetings group={group} errors={errors} />
      <h2>{t('programme.members')}</h2>
      {isOpen && seesNominees(group) && (
        <p>
          <a href={`/programme/nominees?id=${encodeURIComponent(group.id)}`}>
            {t(hasNominees(group) ? 'form.nominees' : 'form.allNominees')}
          </a>
        </p>
      )}
      <Nominate group={group} />
      <Members group={group} errors={errors} members={members} />
      <Reserves group={group} errors={errors} />
      <h2>{t('programme.formalities')}</h2>
      {isSender(members) && (
        <p>
          <a href={`/programme/formalities?id=${encodeURIComponent(group.id)}`}>
            {t('form.formalities')}
          </a>
        </p>
      )}
      <p>
        {t('programme.formalitiesOpen')}:{' '}
        <Known
          value={group.formalitiesOpen}
          why={whyMissing(errors, ['group', 'formalitiesOpen'])}
        />
      </p>
      {group.members && <FormalitiesTable members={members} visits={group.visits} />}
      <h2>{t('programme.reports')}</h2>
      <Reports group={group} errors={errors} members={members} />
      <Absences group={group} errors={errors} />
      <TravelNeeds members={members} />
    </>
  );
}

/** One group: how far it is, who travels, and what is still open. */
export function Group() {
  const { query } = useLocation();
  const id = query['id'] ?? '';
  const { response, refetch } = useQuery(groupQuery, { id });
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
