import type { GraphError } from '../../../client/send-operation.ts';
import { whyNull } from '../../../client/why-null.ts';
import { Facts } from '../../../parts/facts.tsx';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { formatDate, t } from '../../../words/language.ts';
import type { Meeting, PageGroup } from './group-query.ts';

interface MeetingsProps {
  readonly group: PageGroup;
  readonly errors: readonly GraphError[];
}

/** The network holds the meetings of Nordic-Baltic groups, an office those of the others. */
const sides = {
  NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: { list: 'meetings', owner: 'nbnp' },
  NORTH_WEST_RUSSIA_TO_NORDIC: { list: 'delegateMeetings', owner: 'ncm' },
} as const;

interface MeetingProps {
  readonly meeting: Meeting;
  readonly errors: readonly GraphError[];
  readonly path: readonly (string | number)[];
}

function OneMeeting({ meeting, errors, path }: MeetingProps) {
  const { kind, on, place, agenda, outcome, attended, missed } = meeting;
  const known = (field: string, value: string | number | null) => (
    <Known value={value} why={whyNull(errors, [...path, field])} />
  );
  return (
    <>
      <h3>
        {t(`meetingKinds.${kind}`)}, {formatDate(on)}
      </h3>
      <Facts
        facts={[
          [t('programme.place'), known('place', place)],
          [t('programme.agenda'), known('agenda', agenda)],
          [t('programme.outcome'), known('outcome', outcome)],
          [t('programme.attended'), known('attended', attended)],
          [t('programme.missed'), known('missed', missed)],
        ]}
      />
    </>
  );
}

/** The decisions and meetings of a group, each with its day, or that none is recorded. */
export function Meetings({ group, errors }: MeetingsProps) {
  const { list, owner } = sides[group.direction];
  const meetings = group[list];
  const [label, decided] =
    list === 'meetings'
      ? [t('programme.accepted'), group.officersAcceptedOn]
      : [t('programme.selected'), group.delegatesSelectedOn];
  return (
    <>
      <Facts facts={[[label, decided ? formatDate(decided) : t('programme.notRecorded')]]} />
      {!meetings && <NoValue why={whyNull(errors, ['group', list], owner)} />}
      {meetings?.length === 0 && <p>{t('programme.noMeetings')}</p>}
      {meetings?.map((meeting, index) => (
        <OneMeeting
          key={meeting.kind}
          meeting={meeting}
          errors={errors}
          path={['group', list, index]}
        />
      ))}
    </>
  );
}
