import type { GraphError } from '../../../client/send-operation.ts';
import { isAbsent, whyMissing, whyNull, type WhyNull } from '../../../client/why-null.ts';
import type { GroupState } from '../../../generated/graphql.ts';
import { groupHref } from '../../../parts/links.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { PartyName } from '../../../parts/party-name.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { t } from '../../../words/language.ts';
import { joinNames, nameOfEnds } from '../../../words/names.ts';
import { Badge } from '../badge.tsx';
import type { BoardGroup } from './board-query.ts';

/** The way of a group, from the plan to the end. */
const states: readonly GroupState[] = [
  'PLANNED',
  'NOMINATED',
  'SELECTED',
  'BRIEFED',
  'TRAVELLING',
  'RETURNED',
  'DEBRIEFED',
  'REPORTED',
  'EVALUATED',
  'CANCELLED',
];

interface CardProps {
  readonly group: BoardGroup;
  /** Why warnings are missing. Undefined if none is. */
  readonly whyNoWarnings: WhyNull | undefined;
  readonly whyMissing: WhyNull;
}

function GroupCard({ group, whyNoWarnings, whyMissing: why }: CardProps) {
  const { id, name, stateIsCertain, memberCount, plannedSize, warnings } = group;
  const overdue = warnings?.filter(({ isOverdue }) => isOverdue).length ?? 0;
  return (
    <li>
      <a href={groupHref(id)}>{name}</a>
      <Rehearsal of={group} />
      <span>{nameOfEnds(group)}</span>
      <span>
        {t('programme.members')}: {memberCount ?? <NoValue why={why} />}{' '}
        {t('programme.ofPlanned', { planned: plannedSize })}
      </span>
      {group.coordinatingOffice && <PartyName party={group.coordinatingOffice} />}
      {stateIsCertain === false && (
        <Badge sign="≥" text={t('programme.stateAtLeast')} kind="missing" />
      )}
      {whyNoWarnings && (
        <span>
          {t('programme.warnings')}: <NoValue why={whyNoWarnings} />
        </span>
      )}
      {warnings !== null && warnings.length > 0 && (
        <Badge
          sign="⚠"
          text={t('programme.warningsNumber', { number: warnings.length })}
          kind="warn"
        />
      )}
      {overdue > 0 && <span class="late">{t('programme.overdueNumber', { number: overdue })}</span>}
    </li>
  );
}

interface GroupBoardProps {
  readonly groups: readonly BoardGroup[];
  readonly errors: readonly GraphError[];
  /** The path of the groups. */
  readonly path: readonly (string | number)[];
}

/** The groups of a programme in columns, one for each state that has groups. */
export function GroupBoard({ groups, errors, path }: GroupBoardProps) {
  const toCard = (group: BoardGroup) => {
    const at = [...path, groups.indexOf(group)];
    const ofWarnings = [...at, 'warnings'];
    const isWhole = group.warnings !== null && !isAbsent(whyNull(errors, ofWarnings));
    return (
      <GroupCard
        key={group.id}
        group={group}
        whyNoWarnings={isWhole ? undefined : whyMissing(errors, ofWarnings)}
        whyMissing={whyMissing(errors, [...at, 'memberCount'])}
      />
    );
  };
  const columns = states.map((state) => ({
    state,
    title: t(`groupStates.${state}`),
    groups: groups.filter((group) => group.state === state),
  }));
  const filled = columns.filter((column) => column.groups.length > 0);
  const empty = columns.filter((column) => column.groups.length === 0);
  const stateless = groups.filter(({ state }) => state === null);
  return (
    <>
      <div class="board">
        {filled.map(({ state, title, groups: ofState }) => (
          <section key={state}>
            <h3>{title}</h3>
            <ul>{ofState.map(toCard)}</ul>
          </section>
        ))}
        {stateless.length > 0 && (
          <section>
            <h3>
              <NoValue why={whyMissing(errors, path)} />
            </h3>
            <ul>{stateless.map(toCard)}</ul>
          </section>
        )}
      </div>
      {empty.length > 0 && (
        <p class="soft">
          {t('programme.noGroupIn', { states: joinNames(empty.map(({ title }) => title)) })}
        </p>
      )}
    </>
  );
}
