import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { ContactLevel } from '../../../generated/graphql.ts';
import { t, type WordKey } from '../../../words/language.ts';
import { nameOfCountry, orderCountries } from '../../../words/names.ts';
import type { PageState } from '../model/address.ts';
import { bases, isPartialDate, noFilter, type NetworkFilter } from '../model/filter.ts';
import { colourings, type Colouring } from '../model/grouping.ts';
import { measures, type Measure } from '../model/measures.ts';
import type { ActorKind } from '../model/network.ts';
import { basisWords, kindWords } from './names.ts';
import { Time } from './time.tsx';

const levels: readonly (readonly [ContactLevel, WordKey])[] = [
  ['PARTY', 'network.levelParty'],
  ['PARENT', 'network.levelParent'],
  ['COUNTRY', 'network.levelCountry'],
];
const kinds: readonly ActorKind[] = ['Office', 'Organisation', 'PoliceUnit'];

const colourWords: Record<Colouring, WordKey> = {
  kind: 'network.kind',
  country: 'network.country',
  community: 'network.communities',
};
export const sizeWords: Record<Measure, WordKey> = {
  contacts: 'network.sizeContacts',
  evidence: 'network.sizeEvidence',
  betweenness: 'network.sizeBetweenness',
  same: 'network.sizeSame',
};

interface FormProps {
  readonly state: PageState;
  readonly countries: readonly string[];
  readonly years: { readonly first: number; readonly last: number } | undefined;
  readonly set: (change: Partial<PageState>) => void;
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

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, WordKey>>;
  readonly choose: (value: Value) => void;
}

function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, value, values, words, choose } = props;
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value as Value)}>
        {values.map((one) => (
          <option key={one} value={one}>
            {t(words[one])}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The network is selected anew after so long without a key. */
const patienceMs = 200;

function Search({ text, find }: { text: string; find: (text: string) => void }) {
  const typed = useSignal<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (value: string) => {
    typed.value = value;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      latest.current(value);
      typed.value = undefined;
    }, patienceMs);
  };
  return (
    <input
      type="search"
      maxLength={200}
      value={typed.value ?? text}
      onInput={({ currentTarget }) => type(currentTarget.value)}
    />
  );
}

/** What of the network is shown: in the tables, the drawing, the map and the files alike. */
export function FilterForm({ state, countries, years, set: setState }: FormProps) {
  const { level, filter, compareOn, rehearsals, colour, size } = state;
  const setFilter = (next: NetworkFilter) => setState({ filter: next });
  const set = (change: Partial<NetworkFilter>) => setFilter({ ...filter, ...change });
  return (
    <form class="network-filter" onSubmit={(event) => event.preventDefault()}>
      <Time filter={filter} years={years} setFilter={setFilter} />
      <label class="wide">
        {t('network.search')}
        <Search text={filter.search} find={(search) => set({ search })} />
      </label>
      <label>
        {t('network.level')}
        <select
          value={level}
          onChange={({ currentTarget }) => {
            const next = currentTarget.value as ContactLevel;
            const kind = next === 'COUNTRY' ? '' : filter.kind;
            setState({ level: next, chosen: undefined, filter: { ...filter, kind } });
          }}
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
          {orderCountries(countries).map((code) => (
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
      <DateField
        label={t('network.compareOn')}
        value={compareOn}
        set={(date) => setState({ compareOn: date })}
      />
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
          checked={rehearsals}
          onChange={({ currentTarget }) => setState({ rehearsals: currentTarget.checked })}
        />
        {t('network.rehearsals')}
      </label>
      <Choice
        label={t('network.colourBy')}
        value={colour}
        values={colourings}
        words={colourWords}
        choose={(next) => setState({ colour: next })}
      />
      {colour === 'community' && <p class="soft">{t('network.communityNote')}</p>}
      <Choice
        label={t('network.sizeBy')}
        value={size}
        values={measures}
        words={sizeWords}
        choose={(next) => setState({ size: next })}
      />
      <button
        type="button"
        class="quiet"
        onClick={() => setState({ filter: noFilter, compareOn: '' })}
      >
        {t('network.clear')}
      </button>
    </form>
  );
}
