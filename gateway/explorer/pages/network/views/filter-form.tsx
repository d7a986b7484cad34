import { useId } from 'preact/hooks';
import type { ContactLevel } from '../../../generated/graphql.ts';
import { t, type WordKey } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import { bases, isPartialDate, noFilter, type NetworkFilter } from '../model/filter.ts';
import type { ActorKind } from '../model/network.ts';
import { basisWords, kindWords } from './names.ts';

const levels: readonly (readonly [ContactLevel, WordKey])[] = [
  ['PARTY', 'network.levelParty'],
  ['PARENT', 'network.levelParent'],
  ['COUNTRY', 'network.levelCountry'],
];
const kinds: readonly ActorKind[] = ['Office', 'Organisation', 'PoliceUnit'];

interface FormProps {
  readonly level: ContactLevel;
  readonly filter: NetworkFilter;
  readonly compareOn: string;
  readonly countries: readonly string[];
  readonly years: { readonly first: number; readonly last: number } | undefined;
  readonly rehearsals: boolean;
  readonly setLevel: (level: ContactLevel) => void;
  readonly setRehearsals: (rehearsals: boolean) => void;
  readonly setFilter: (filter: NetworkFilter) => void;
  readonly setCompareOn: (date: string) => void;
}

function DateField(props: { label: string; value: string; set: (text: string) => void }) {
  const { label, value, set } = props;
  const id = useId();
  const isWrong = value !== '' && !isPartialDate(value);
  return (
    <label>
      {label}
      <input
        value={value}
        maxLength={10}
        placeholder={t('network.dateExample')}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? id : undefined}
        onInput={({ currentTarget }) => set(currentTarget.value.trim())}
      />
      {isWrong && (
        <span class="wrong" id={id}>
          {t('network.dateWrong')}
        </span>
      )}
    </label>
  );
}

/** Moves the end of the period, or a period of one year, through the years of the network. */
function TimeSlider({
  filter,
  years,
  setFilter,
}: Pick<FormProps, 'filter' | 'years' | 'setFilter'>) {
  if (!years) return null;
  const isOneYear = filter.from !== '' && filter.from === filter.to;
  const year = Number(filter.to.slice(0, 4)) || years.last;
  const move = (to: string, oneYear: boolean) =>
    setFilter({ ...filter, to, from: oneYear ? to : isOneYear ? '' : filter.from });
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

/** What of the network is shown: in the tables, the drawing, the map and the files alike. */
export function FilterForm(props: FormProps) {
  const { level, filter, compareOn, countries, years, setLevel, setFilter, setCompareOn } = props;
  const set = (change: Partial<NetworkFilter>) => setFilter({ ...filter, ...change });
  return (
    <form class="network-filter" onSubmit={(event) => event.preventDefault()}>
      <label class="wide">
        {t('network.search')}
        <input
          type="search"
          maxLength={200}
          value={filter.search}
          onInput={({ currentTarget }) => set({ search: currentTarget.value })}
        />
      </label>
      <label>
        {t('network.level')}
        <select
          value={level}
          onChange={({ currentTarget }) => setLevel(currentTarget.value as ContactLevel)}
        >
          {levels.map(([value, label]) => (
            <option key={value} value={value}>
              {t(label)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('network.country')}
        <select
          value={filter.country}
          onChange={({ currentTarget }) => set({ country: currentTarget.value })}
        >
          <option value="">{t('network.all')}</option>
          {countries.map((code) => (
            <option key={code} value={code}>
              {nameOfCountry(code)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('network.kind')}
        <select
          value={filter.kind}
          disabled={level === 'COUNTRY'}
          onChange={({ currentTarget }) => set({ kind: currentTarget.value as ActorKind | '' })}
        >
          <option value="">{t('network.all')}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(kindWords[kind])}
            </option>
          ))}
        </select>
      </label>
      <DateField label={t('network.from')} value={filter.from} set={(from) => set({ from })} />
      <DateField label={t('network.to')} value={filter.to} set={(to) => set({ to })} />
      <DateField label={t('network.compareOn')} value={compareOn} set={setCompareOn} />
      <fieldset class="wide">
        <legend>{t('network.bases')}</legend>
        {bases.map((basis) => (
          <label class="check" key={basis}>
            <input
              type="checkbox"
              checked={filter.bases.includes(basis)}
              onChange={({ currentTarget: { checked } }) =>
                set({
                  bases: bases.filter((one) =>
                    one === basis ? checked : filter.bases.includes(one),
                  ),
                })
              }
            />
            {t(basisWords[basis])}
          </label>
        ))}
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          checked={props.rehearsals}
          onChange={({ currentTarget }) => props.setRehearsals(currentTarget.checked)}
        />
        {t('network.rehearsals')}
      </label>
      <TimeSlider filter={filter} years={years} setFilter={setFilter} />
      <button
        type="button"
        class="quiet"
        onClick={() => {
          setFilter(noFilter);
          setCompareOn('');
        }}
      >
        {t('network.clear')}
      </button>
    </form>
  );
}
