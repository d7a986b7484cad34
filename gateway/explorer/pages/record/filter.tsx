import { nameOfPartner, settings } from '../../frame/settings.ts';
import { Choice } from '../../parts/choice.tsx';
import { findText, t } from '../../words/language.ts';
import { say } from './words.ts';

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

interface FilterFormProps {
  readonly filter: Filter;
  readonly part: keyof typeof kinds;
  readonly set: (change: Partial<Filter>) => void;
}

/** What the reader looks for. It acts at once, and is in the address. */
export function FilterForm({ filter, part, set }: FilterFormProps) {
  const partners = settings.value.partners.map(({ code }) => [code, nameOfPartner(code)] as const);
  return (
    <form class="network-filter" onSubmit={(event) => event.preventDefault()}>
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
      {part === 'readings' && (
        <>
          <Choice
            label={t('signIn.role')}
            value={filter.role}
            none={say('kind_all')}
            options={roles.map((role) => [role, nameOfRole(role)] as const)}
            choose={(role) => set({ role })}
          />
          <Choice
            label={say('type')}
            value={filter.type}
            none={say('kind_all')}
            options={types.map((type) => [type, nameOfType(type)] as const)}
            choose={(type) => set({ type })}
          />
          <Choice
            label={say('purpose')}
            value={filter.purpose}
            none={say('kind_all')}
            options={purposes.map((one) => [one, nameOfPurpose(one)] as const)}
            choose={(purpose) => set({ purpose })}
          />
        </>
      )}
      <Choice
        label={say('kind')}
        value={filter.kind}
        none={say('kind_all')}
        options={kinds[part].map((kind) => [kind, say(`kind_${kind}`)] as const)}
        choose={(kind) => set({ kind })}
      />
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          {say(end)}
          <input
            type="date"
            value={filter[end]}
            onChange={({ currentTarget }) => set({ [end]: currentTarget.value })}
          />
        </label>
      ))}
      <button type="button" class="quiet" onClick={() => set({ ...nothing, part })}>
        {say('clear')}
      </button>
    </form>
  );
}
