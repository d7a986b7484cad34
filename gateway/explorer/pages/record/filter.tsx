import { nameOfPartner, settings } from '../../frame/settings.ts';
import { Choice } from '../../parts/choice.tsx';
import { say } from './words.ts';

const kinds = {
  readings: ['refused'],
  changes: ['runs', 'erasures', 'holds', 'imports'],
} as const;

/** What of the record is shown. It is in the page’s address. */
export type Filter = Readonly<
  Record<'part' | 'owner' | 'by' | 'kind' | 'from' | 'to' | 'person', string>
>;

export const nothing: Filter = {
  part: '',
  owner: '',
  by: '',
  kind: '',
  from: '',
  to: '',
  person: '',
};

export const hrefOf = (filter: Partial<Filter>): string =>
  `/record?${new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))}`;

/** The first or the last instant of a day in the reader’s own time zone. */
function instantOf(day: string, time: string): string | null {
  const instant = new Date(`${day}T${time}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/** From when to when, as the graph takes it. */
export const days = ({ from, to }: Filter) => ({
  from: instantOf(from, '00:00'),
  to: instantOf(to, '23:59:59.999'),
});

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
