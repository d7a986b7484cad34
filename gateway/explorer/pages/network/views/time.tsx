import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../../../words/language.ts';
import type { NetworkFilter } from '../model/filter.ts';

/** As long is each year shown while time plays. */
const yearMs = 1_200;

interface TimeProps {
  readonly filter: NetworkFilter;
  readonly years: { readonly first: number; readonly last: number } | undefined;
  readonly setFilter: (filter: NetworkFilter) => void;
}

/** Moves the end of the period, or a period of one year, through the years of the network. */
export function Time({ filter, years, setFilter }: TimeProps) {
  const isPlaying = useSignal(false);
  const isOneYear = filter.from !== '' && filter.from === filter.to;
  const last = years?.last ?? 0;
  const year = Number(filter.to.slice(0, 4)) || last;
  const move = (to: string, oneYear: boolean) =>
    setFilter({ ...filter, to, from: oneYear ? to : isOneYear ? '' : filter.from });
  useEffect(() => {
    if (!isPlaying.value) return undefined;
    const timer = setTimeout(() => {
      if (year < last) move(String(year + 1), isOneYear);
      if (year + 1 >= last) isPlaying.value = false;
    }, yearMs);
    return () => clearTimeout(timer);
  }, [isPlaying.value, filter]);
  if (!years) return null;
  const play = () => {
    isPlaying.value = !isPlaying.value;
    if (isPlaying.value && year >= last) move(String(years.first), isOneYear);
  };
  return (
    <div class="slider">
      <label>
        {t('network.slider', { year })}
        <input
          type="range"
          min={years.first}
          max={years.last}
          value={year}
          aria-valuetext={String(year)}
          onInput={({ currentTarget }) => move(currentTarget.value, isOneYear)}
        />
      </label>
      <button type="button" class="quiet" onClick={play}>
        {t(isPlaying.value ? 'network.pause' : 'network.play')}
      </button>
      <label class="check">
        <input
          type="checkbox"
          checked={isOneYear}
          onChange={({ currentTarget }) => move(String(year), currentTarget.checked)}
        />
        {t('network.oneYear')}
      </label>
    </div>
  );
}
