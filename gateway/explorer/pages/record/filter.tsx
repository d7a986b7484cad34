import { useEffect, useRef } from 'preact/hooks';
import { nameOfPartner, settings } from '../../frame/settings.ts';
import { Choice } from '../../parts/choice.tsx';
import { DateField, dayField } from '../../parts/form/date-field.tsx';
import { isDay, readDate } from '../../parts/form/entries.ts';
import { say } from '../../parts/record-words.ts';
import { findText, t } from '../../words/language.ts';

/** What stands out, by which entries are found. */
export const kinds = {
  readings: ['refused', 'many', 'other'],
  changes: ['runs', 'erasures', 'holds', 'imports'],
} as const;

const roles = ['coordinator', 'liaison', 'auditor', 'analyst', 'participant', 'service'] as const;
const purposes = ['PROGRAMME', 'HOSTING', 'SAFETY', 'EVALUATION', 'AUDIT', 'OTHER'] as const;

/** The types whose restricted fields are recorded. Those that the texts call the same are found as one. */
const types = [
  'Officer',
  'Delegate',
  'Expert',
  'ExpertAssignment',
  'Formality',
  'Hosting',
  'ItineraryStop',
  'GroupMeeting',
  'OfficerNomination',
  'ParticipantReport',
  'TravelNeeds',
  'Visit',
  'SharedContact',
  'Task',
  'Absence',
  'ParticipantAccess',
] as const;

/** What of the record is shown. It is in the page’s address. */
export type Filter = Readonly<
  Record<
    | 'part'
    | 'owner'
    | 'by'
    | 'name'
    | 'role'
    | 'type'
    | 'purpose'
    | 'kind'
    | 'from'
    | 'to'
    | 'until'
    | 'person',
    string
  >
>;

export const nothing: Filter = {
  part: '',
  owner: '',
  by: '',
  name: '',
  role: '',
  type: '',
  purpose: '',
  kind: '',
  from: '',
  to: '',
  until: '',
  person: '',
};

export const hrefOf = (filter: Partial<Filter>): string =>
  `/record?${new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))}`;

/** The first or the last instant of a day in the reader’s own time zone. */
function instantOf(day: string, time: string): string | null {
  const instant = new Date(`${day}T${time}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/** From when to when, as the graph takes it. An older page ends where the one before it began. */
export const days = ({ from, to, until }: Filter) => ({
  from: instantOf(from, '00:00'),
  to: until === '' ? instantOf(to, '23:59:59.999') : until,
});

export const nameOfRole = (role: string): string =>
  findText([`roles.${role}`, `record.roles_${role}`], {}) ?? role;

export const nameOfType = (type: string): string =>
  findText([`record.types_${type}`, 'record.types_other'], {}) ?? type;

const nameOfPurpose = (purpose: string): string =>
  purpose === 'OTHER' ? say('kind_other') : (findText([`purposes.${purpose}`], {}) ?? purpose);

const nameOfKind = (kind: string): string => findText([`record.kind_${kind}`], {}) ?? kind;

interface DayProps {
  readonly end: 'from' | 'to';
  readonly day: string;
  readonly choose: (day: string) => void;
}

/** The first or the last day. It acts as soon as all of it is there, or nothing. */
function Day({ end, day, choose }: DayProps) {
  const parts = useRef<HTMLFieldSetElement>(null);
  const inputs = () => [...(parts.current?.querySelectorAll('input') ?? [])];
  const read = () => {
    const typed = new Map(inputs().map(({ name, value }) => [name, value]));
    const controls = { get: (name: string) => typed.get(name), getAll: () => [], keys: () => [] };
    return readDate(end, controls);
  };
  // The address has changed in another way: by a link, or because all is cleared.
  useEffect(() => {
    if (read() === day) return;
    const values = day.split('-').toReversed();
    inputs().forEach((input, index) => (input.value = values[index] ?? ''));
  }, [day]);
  return (
    <fieldset
      ref={parts}
      class="plain"
      onChange={() => {
        const typed = read();
        if (typed === '' || isDay(typed)) choose(typed);
      }}
    >
      <legend>{say(end)}</legend>
      <DateField {...dayField(end, say(end))} given={[day]} />
    </fieldset>
  );
}

type Choosing = readonly [
  key: 'role' | 'type' | 'purpose' | 'kind',
  label: string,
  values: readonly string[],
  nameOf: (value: string) => string,
];

const choicesOf = (part: keyof typeof kinds): readonly Choosing[] => {
  const ofReadings: readonly Choosing[] = [
    ['role', t('signIn.role'), roles, nameOfRole],
    ['type', say('type'), types, nameOfType],
    ['purpose', say('purpose'), purposes, nameOfPurpose],
  ];
  const ofAll: Choosing = ['kind', say('kind'), kinds[part], nameOfKind];
  return part === 'readings' ? [...ofReadings, ofAll] : [ofAll];
};

interface FilterFormProps {
  readonly filter: Filter;
  readonly part: keyof typeof kinds;
  readonly set: (change: Partial<Filter>) => void;
}

/** What the reader looks for. It acts at once, and is in the address. */
export function FilterForm({ filter, part, set }: FilterFormProps) {
  const partners = settings.value.partners.map(({ code }) => [code, nameOfPartner(code)] as const);
  return (
    <form class="network-filter of-record" onSubmit={(event) => event.preventDefault()}>
      {filter.person === '' && (
        <Choice
          label={say('owner')}
          value={filter.owner}
          none={say('all')}
          options={partners}
          choose={(owner) => set({ owner })}
        />
      )}
      <Choice
        label={say('by')}
        value={filter.by}
        none={say('everybody')}
        options={partners}
        choose={(by) => set({ by })}
      />
      <label>
        {say('name')}
        <input
          type="search"
          value={filter.name}
          onChange={({ currentTarget }) => set({ name: currentTarget.value.trim() })}
        />
      </label>
      {choicesOf(part).map(([key, label, values, nameOf]) => (
        <Choice
          key={key}
          label={label}
          value={filter[key]}
          none={say('kind_all')}
          options={values.map((value) => [value, nameOf(value)] as const)}
          choose={(value) => set({ [key]: value })}
        />
      ))}
      {(['from', 'to'] as const).map((end) => (
        <Day key={end} end={end} day={filter[end]} choose={(day) => set({ [end]: day })} />
      ))}
      <button
        type="button"
        class="quiet"
        onClick={({ currentTarget }) => {
          // Also what was typed and is no day yet.
          currentTarget.form?.reset();
          set({ ...nothing, part });
        }}
      >
        {say('clear')}
      </button>
    </form>
  );
}
