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

/**
 * Who chooses and meets the members of a group: of the documented ones one alone, of a group that
 * goes between two sides both may.
 */
const owners = [
  {
    list: 'meetings',
    owner: 'nbnp',
    notFor: 'NORTH_WEST_RUSSIA_TO_NORDIC',
    label: 'programme.accepted',
    chosenOn: 'officersAcceptedOn',
  },
  {
    list: 'delegateMeetings',
    owner: 'ncm',
    notFor: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
    label: 'programme.selected',
    chosenOn: 'delegatesSelectedOn',
  },
] as const;

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
  const own = owners.filter(({ notFor }) => notFor !== group.direction);
  return (
    <>
      <Facts
        facts={own.map(({ label, chosenOn }) => {
          const day = group[chosenOn];
          return [t(label), day ? formatDate(day) : t('programme.notRecorded')];
        })}
      />
      {own.map(
        ({ list, owner }) =>
          !group[list] && <NoValue key={list} why={whyNull(errors, ['group', list], owner)} />,
      )}
      {own.every(({ list }) => group[list]?.length === 0) && <p>{t('programme.noMeetings')}</p>}
      {own.flatMap(({ list }) =>
        (group[list] ?? []).map((meeting, index) => (
          <OneMeeting
            key={`${list} ${meeting.kind}`}
            meeting={meeting}
            errors={errors}
            path={['group', list, index]}
          />
        )),
      )}
    </>
  );
}
