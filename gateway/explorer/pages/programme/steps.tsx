import type { GroupState } from '../../generated/graphql.ts';
import { t } from '../../words/language.ts';

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

interface StepsProps {
  readonly group: { readonly state: GroupState | null; readonly stateIsCertain: boolean | null };
}

/** How far a group is. A screen reader hears the step alone; the others are the same for each group. */
export function Steps({ group: { state, stateIsCertain } }: StepsProps) {
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
