import { stopSigns, type StopState } from '../../parts/stop-state.ts';
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
