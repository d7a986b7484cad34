import { countStates, stopSigns, type Stop, type StopState } from '../../parts/stop-state.tsx';
import { t } from '../../words/language.ts';

interface BadgeProps {
  readonly sign: string;
  readonly text: string;
  readonly kind: string;
}

/** A sign and a word. Screen readers get the word alone. */
export function Badge({ sign, text, kind }: BadgeProps) {
  return (
    <span class={`badge ${kind}`}>
      <span aria-hidden="true">{sign}</span> {text}
    </span>
  );
}

const kinds: Readonly<Record<StopState, string>> = {
  CONFIRMED: 'good',
  UNCONFIRMED: 'warn',
  UNANSWERED: 'missing',
  CALLED_OFF: 'bad',
  HELD: 'good',
  NOT_HELD: 'bad',
};

/** Whether a stop is confirmed, called off and so on, and of how many stops it is true. */
export function StopBadge({ state, number }: { state: StopState; number?: number }) {
  const word = t(`stopStates.${state}`);
  const text = number === undefined ? word : `${word}: ${number}`;
  return <Badge sign={stopSigns[state]} text={text} kind={kinds[state]} />;
}

/** How many stops of a visit to come are in each state: what needs attention first. */
export function StopStates({ stops }: { stops: readonly Stop[] }) {
  if (stops.length === 0) return <span>{t('programme.noStops')}</span>;
  const counts = countStates(stops);
  const shown = (['UNCONFIRMED', 'UNANSWERED', 'CALLED_OFF', 'CONFIRMED'] as const).filter(
    (state) => counts.has(state),
  );
  return (
    <span class="badges">
      {shown.map((state) => (
        <StopBadge key={state} state={state} number={counts.get(state) ?? 0} />
      ))}
    </span>
  );
}
