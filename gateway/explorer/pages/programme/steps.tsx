import type { WhyNull } from '../../client/why-null.ts';
import type { GroupState } from '../../generated/graphql.ts';
import { InTable, NoValue } from '../../parts/no-value.tsx';
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
  /** Why the state is not there. Its place is kept: what follows does not move when it comes. */
  readonly why: WhyNull;
}

/** How far a group is. A screen reader hears the step alone; the others are the same for each group. */
export function Steps({ group: { state, stateIsCertain }, why }: StepsProps) {
  if (state === 'CANCELLED') return <p class="cancelled">{t(`groupStates.${state}`)}</p>;
  const reached = state ? steps.indexOf(state) : -1;
  return (
    <>
      <p class="step">
        {state ? (
          <>
            <strong>{t(`groupStates.${state}`)}</strong>{' '}
            <span class="soft">
              {t('programme.stepOf', { step: reached + 1, steps: steps.length })}
              {stateIsCertain === false && ` · ${t('programme.stateAtLeast')}`}
            </span>
          </>
        ) : (
          <>
            {t('programme.state')}:{' '}
            {/* For whom the page waits is said above. Here, a line stays one line. */}
            <InTable.Provider value={why === 'awaited'}>
              <NoValue why={why} />
            </InTable.Provider>
          </>
        )}
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
