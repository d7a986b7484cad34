import type { GraphError } from '../../../client/send-operation.ts';
import { isAbsentAt, whyMissing, whyNull } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { Facts } from '../../../parts/facts.tsx';
import { programmeHref } from '../../../parts/links.ts';
import { AtLeast, Known, NoValue } from '../../../parts/no-value.tsx';
import { PartyName } from '../../../parts/person-name.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { formatDate, t } from '../../../words/language.ts';
import { nameOfEnds } from '../../../words/names.ts';
import { type PageGroup } from './group-query.ts';

export interface GroupProps {
  readonly group: PageGroup;
  readonly errors: readonly GraphError[];
}

/** The offices that co-ordinate a side; the network where none does. */
function Coordinators({ offices }: { offices: NonNullable<PageGroup['from']['coordinators']> }) {
  if (offices.length === 0) return <>{nameOfPartner('nbnp')}</>;
  return (
    <ul class="parties">
      {offices.map((office, index) => (
        <li key={office?.id ?? index}>
          <PartyName party={office} />
        </li>
      ))}
    </ul>
  );
}

/** What is known of a group at a glance. */
export function Overview({ group, errors }: GroupProps) {
  const {
    coordinatingOffice: office,
    programme,
    from: { coordinators },
    memberCount,
    plannedSize,
    cancelledOn,
    cancelReason,
  } = group;
  const nominations = [group.officerNominationCount, group.delegateNominationCount];
  const nominated = nominations.every((count) => count !== null)
    ? nominations.reduce((sum: number, count) => sum + (count ?? 0), 0)
    : null;
  return (
    <Facts
      isInline
      facts={[
        [
          t('programme.programme'),
          <>
            <a href={programmeHref(programme.id)}>{programme.title}</a>
            <Rehearsal of={group} />
          </>,
        ],
        [t('programme.direction'), nameOfEnds(group)],
        [
          t('programme.office'),
          coordinators ? (
            <Coordinators offices={coordinators} />
          ) : office ? (
            <>
              <PartyName party={office} />
              <Rehearsal of={office} />
            </>
          ) : (
            isAbsentAt(errors, ['group', 'coordinatingOffice']) && (
              <NoValue why={whyMissing(errors, ['group', 'coordinatingOffice'])} />
            )
          ),
        ],
        [
          t('programme.nominated'),
          <AtLeast
            value={nominated}
            least={(group.officerNominations?.length ?? 0) + (group.delegateNominationCount ?? 0)}
            why={whyMissing(errors, ['group', 'officerNominationCount'])}
          />,
        ],
        [
          t('programme.members'),
          <>
            <Known value={memberCount} why={whyMissing(errors, ['group', 'memberCount'])} />{' '}
            {t('programme.ofPlanned', { planned: plannedSize })}
          </>,
        ],
        [
          t('evaluation.title'),
          group.state === 'EVALUATED' &&
            programme.evaluation?.status &&
            t(`evaluationStates.${programme.evaluation.status}`),
        ],
        [t('programme.cancelled'), cancelledOn && formatDate(cancelledOn)],
        [
          t('programme.reason'),
          cancelledOn && (
            <Known value={cancelReason} why={whyNull(errors, ['group', 'cancelReason'])} />
          ),
        ],
      ]}
    />
  );
}
