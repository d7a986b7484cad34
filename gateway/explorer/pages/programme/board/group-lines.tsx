import type { ComponentProps } from 'preact';
import type { GraphError } from '../../../client/send-operation.ts';
import { useQuery } from '../../../client/use-query.ts';
import { whyMissing } from '../../../client/why-null.ts';
import type { GroupState } from '../../../generated/graphql.ts';
import { groupHref } from '../../../parts/links.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { PartyName } from '../../../parts/party-name.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { person } from '../../../session/session.ts';
import { t } from '../../../words/language.ts';
import { nameOfEnds } from '../../../words/names.ts';
import { readsExperts, warnedQuery } from '../warnings-query.ts';
import { needsName, Warnings } from '../warnings.tsx';
import type { BoardGroup } from './board-query.ts';

/** The way of a group, from the plan to the end. */
const steps: readonly GroupState[] = [
  'PLANNED',
  'NOMINATED',
  'SELECTED',
  'BRIEFED',
  'TRAVELLING',
  'RETURNED',
  'DEBRIEFED',
  'REPORTED',
  'EVALUATED',
];

/** How far a group is. A screen reader hears the step alone; the others are the same for each group. */
function Steps({ group: { state, stateIsCertain } }: { group: BoardGroup }) {
  if (!state) return null;
  const word = t(`groupStates.${state}`);
  if (state === 'CANCELLED') return <p class="cancelled">{word}</p>;
  const reached = steps.indexOf(state);
  return (
    <>
      <p class="step">
        <strong>{word}</strong>{' '}
        <span class="soft">
          {t('programme.stepOf', { step: reached + 1, steps: steps.length })}
          {stateIsCertain === false && ` · ${t('programme.stateAtLeast')}`}
        </span>
      </p>
      <ol class="steps" aria-hidden="true">
        {steps.map((step, index) => (
          <li key={step} class={index <= reached ? 'done' : undefined}>
            {t(`groupStates.${step}`)}
          </li>
        ))}
      </ol>
    </>
  );
}

/** The warnings of a group, with the names of those whom they are about. */
function NamedWarnings({ group, ...props }: ComponentProps<typeof Warnings>) {
  const { response } = useQuery(warnedQuery, { group: group.id, readsExperts: readsExperts() });
  const visits = response?.data?.group?.visits ?? group.visits;
  return <Warnings {...props} group={{ ...group, visits }} />;
}

interface GroupLinesProps {
  readonly groups: readonly BoardGroup[];
  readonly errors: readonly GraphError[];
  /** The path of the groups. */
  readonly path: readonly (string | number)[];
}

/**
 * The groups of a programme, a line for each: how far it is, and what is missing. Names are read only
 * of groups of which a warning needs one: each reading is recorded, and each refusal.
 */
export function GroupLines({ groups, errors, path }: GroupLinesProps) {
  return (
    <ul class="groups">
      {groups.map((group, index) => {
        const { id, name, state, memberCount, plannedSize, coordinatingOffice } = group;
        const Shown = group.warnings?.some(needsName) ? NamedWarnings : Warnings;
        const why = (field: string) => whyMissing(errors, [...path, index, field]);
        return (
          <li key={id}>
            <h3>
              <a href={groupHref(id)}>{name}</a>
              <Rehearsal of={group} />
            </h3>
            <p>
              {nameOfEnds(group)} · {t('programme.members')}:{' '}
              {memberCount ?? <NoValue why={why('memberCount')} />}{' '}
              {t('programme.ofPlanned', { planned: plannedSize })}
            </p>
            {coordinatingOffice && <PartyName party={coordinatingOffice} />}
            {state ? (
              <Steps group={group} />
            ) : (
              <p>
                {t('programme.state')}: <NoValue why={why('state')} />
              </p>
            )}
            {(person.value || group.warnings?.length !== 0) && (
              <Shown group={group} errors={errors} path={[...path, index, 'warnings']} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
