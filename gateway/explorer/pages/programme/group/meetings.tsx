import { Fragment } from 'preact';
import type { GraphError } from '../../../client/send-operation.ts';
import { whyNull } from '../../../client/why-null.ts';
import { Facts } from '../../../parts/facts.tsx';
import { attendanceHref } from '../../../parts/links.ts';
import { NoPart } from '../../../parts/no-part.tsx';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { person } from '../../../session/session.ts';
import { formatDate, t } from '../../../words/language.ts';
import type { Meeting, PageGroup } from './group-query.ts';

interface MeetingsProps {
  readonly group: PageGroup;
  readonly errors: readonly GraphError[];
}

/** The meetings that the network holds, and those of an office. A group may have both. */
const lists = [
  ['meetings', 'nbnp'],
  ['delegateMeetings', 'ncm'],
] as const;

/** The network meets the group itself: it needs no briefing, or no office co-ordinates its side. */
const isOfNetwork = ({ isBriefingDue, from: { coordinators } }: PageGroup): boolean =>
  !isBriefingDue || coordinators?.length === 0;

/** What the organisation that holds a meeting can do with it. */
const formsOf = {
  nbnp: ['recordGroupMeeting', 'removeGroupMeeting'],
  ncm: ['recordDelegatesMeeting', 'removeDelegatesMeeting'],
} as const;

const meetingKinds = ['BRIEFING', 'DEBRIEFING'] as const;

interface DoingsProps {
  readonly group: PageGroup;
  readonly owner: keyof typeof formsOf;
  readonly kind: (typeof meetingKinds)[number];
}

function MeetingDoings({ group, owner, kind }: DoingsProps) {
  const { organisation, role } = person.value ?? {};
  if (organisation !== owner || role !== 'coordinator' || group.cancelledOn !== null) return null;
  const [record, remove] = formsOf[owner];
  return (
    <div class="doings-row">
      <p>
        <a href={attendanceHref(group.id, kind)}>
          {t('form.attendance')} <span class="unseen">({t(`meetingKinds.${kind}`)})</span>
        </a>
      </p>
      <PlanningLinks
        by={owner}
        id={group.id}
        part={kind}
        of={t(`meetingKinds.${kind}`)}
        forms={[
          [record, 'plan.changeItineraryStop'],
          [remove, 'plan.removeItineraryStop'],
        ]}
      />
    </div>
  );
}

/** Meetings that nobody has recorded yet, for those who hold them. */
function NewMeetings({ group }: { group: PageGroup }) {
  const owner = isOfNetwork(group) ? 'nbnp' : 'ncm';
  const recorded = owner === 'nbnp' ? group.meetings : group.delegateMeetings;
  if (!recorded || group.cancelledOn !== null) return null;
  return (
    <div class="doings-row">
      {meetingKinds
        .filter((kind) => !recorded.some((meeting) => meeting.kind === kind))
        .map((kind) => (
          <PlanningLinks
            key={kind}
            by={owner}
            id={group.id}
            part={kind}
            forms={[[formsOf[owner][0], `plan.${kind}`]]}
          />
        ))}
    </div>
  );
}

interface MeetingProps {
  readonly meeting: Meeting;
  readonly errors: readonly GraphError[];
  readonly path: readonly (string | number)[];
}

function OneMeeting({ meeting, errors, path }: MeetingProps) {
  const { kind, on, place, agenda, outcome, attended, missed } = meeting;
  const fields = (
    [
      ['place', place],
      ['agenda', agenda],
      ['outcome', outcome],
      ['attended', attended],
      ['missed', missed],
    ] as const
  ).map(([field, value]) => {
    const why = whyNull(errors, [...path, field]);
    return {
      label: t(`programme.${field}`),
      value,
      why,
      isHidden: value === null && why === 'withheld',
    };
  });
  const hidden = fields.filter(({ isHidden }) => isHidden).map(({ label }) => label);
  return (
    <>
      <h3>
        {t(`meetingKinds.${kind}`)}, {formatDate(on)}
      </h3>
      <Facts
        facts={[
          ...fields
            .filter(({ isHidden }) => !isHidden)
            .map(({ label, value, why }) => [label, <Known value={value} why={why} />] as const),
          [hidden.join(', '), hidden.length > 0 && <NoValue why="withheld" />],
        ]}
      />
    </>
  );
}

/** The decisions and meetings of a group, each with its day, or that none is recorded. */
export function Meetings({ group, errors }: MeetingsProps) {
  const decisions = [
    [t('programme.accepted'), group.officersAcceptedOn],
    [t('programme.selected'), group.delegatesSelectedOn],
  ] as const;
  const decided = decisions.filter(([, day]) => day !== null);
  const meets = lists.filter(([list]) => list === 'meetings' || !isOfNetwork(group));
  const hasNone = meets.every(([list]) => group[list]?.length === 0);
  return (
    <>
      <Facts
        facts={
          decided.length > 0
            ? decided.map(([label, day]) => [label, day && formatDate(day)])
            : [[t('programme.selected'), t('programme.notRecorded')]]
        }
      />
      {hasNone && <p>{t('programme.noMeetings')}</p>}
      {meets.map(([list, owner]) =>
        group[list] ? (
          group[list].map((meeting, index) => (
            <Fragment key={meeting.kind}>
              <OneMeeting meeting={meeting} errors={errors} path={['group', list, index]} />
              <MeetingDoings group={group} owner={owner} kind={meeting.kind} />
            </Fragment>
          ))
        ) : (
          <NoPart key={list} errors={errors} path={['group', list]} owner={owner} />
        ),
      )}
      <NewMeetings group={group} />
    </>
  );
}
