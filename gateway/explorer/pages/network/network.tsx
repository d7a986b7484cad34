import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ContactLevel } from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { directoryHref } from '../../parts/links.ts';
import { Tabs } from '../../parts/tabs.tsx';
import { formatNumber, t } from '../../words/language.ts';
import { Drawing } from './drawing/drawing.tsx';
import { useLayout } from './drawing/use-layout.ts';
import { FileButtons } from './exports/file-buttons.tsx';
import { CityMap } from './map/city-map.tsx';
import { sides as allSides, compareAt, type Side } from './model/compare.ts';
import {
  filterNetwork,
  noFilter,
  toContactFilter,
  yearsOf,
  type NetworkFilter,
  type Selection,
} from './model/filter.ts';
import { emptyNetwork, type Network as Contacts } from './model/network.ts';
import { useContacts } from './model/use-contacts.ts';
import { Centralities } from './views/centralities.tsx';
import type { Chosen } from './views/chosen.ts';
import { Details } from './views/details.tsx';
import { FilterForm } from './views/filter-form.tsx';
import { sideWords } from './views/names.ts';
import { Paths } from './views/paths.tsx';
import { ContactTable, OccasionTable, PartyTable } from './views/tables.tsx';

interface SummaryProps {
  readonly network: Contacts;
  readonly selection: Selection;
  readonly sides: ReadonlyMap<string, Side> | undefined;
}

/** How much the filter leaves, and how it stands to the date. */
function Summary({ network, selection, sides }: SummaryProps) {
  const all = [...(sides?.values() ?? [])];
  const counts = allSides.map(
    (side) => `${t(sideWords[side])}: ${formatNumber(all.filter((one) => one === side).length)}`,
  );
  return (
    <div role="status">
      <p>
        {t('network.summary', {
          parties: formatNumber(selection.actors.length),
          allParties: formatNumber(network.actors.length),
          contacts: formatNumber(selection.contacts.length),
          allContacts: formatNumber(network.contacts.length),
        })}
      </p>
      {sides && <p>{counts.join(' · ')}</p>}
      {network.lost > 0 && <p>{t('network.lost', { count: formatNumber(network.lost) })}</p>}
    </div>
  );
}

const countriesOf = (network: Contacts): readonly string[] =>
  [...new Set(network.actors.flatMap(({ country }) => country ?? []))].sort();

/** The network of contacts: who worked with whom, when, and how we know. */
export function Network() {
  const level = useSignal<ContactLevel>('PARTY');
  const rehearsals = useSignal(false);
  const filter = useSignal<NetworkFilter>(noFilter);
  const compareOn = useSignal('');
  const tab = useSignal('contacts');
  const chosen = useSignal<Chosen | undefined>(undefined);
  const memberships = filter.value.bases.includes('MEMBERSHIP');
  const contacts = useContacts(level.value, rehearsals.value, memberships);
  const { network: loaded, read, total, response, refetch } = contacts;
  const network = loaded ?? emptyNetwork;
  const layout = useLayout(loaded);
  const selection = useMemo(() => filterNetwork(network, filter.value), [network, filter.value]);
  const sides = useMemo(
    () => compareAt(selection.contacts, compareOn.value),
    [selection, compareOn.value],
  );
  const years = useMemo(() => yearsOf(network), [network]);
  const countries = useMemo(() => countriesOf(network), [network]);
  const contactFilter = toContactFilter(filter.value, level.value, rehearsals.value);
  const choose = (next: Chosen | undefined) => (chosen.value = next);
  const setLevel = (next: ContactLevel) => {
    level.value = next;
    chosen.value = undefined;
    if (next === 'COUNTRY') filter.value = { ...filter.value, kind: '' };
  };
  const shown = { selection, choose };
  const ofContacts = { network, filter: contactFilter, choose };
  return (
    <>
      <h1>{t('frame.network')}</h1>
      <p class="lead">{t('network.lead')}</p>
      <p>
        <a href={directoryHref('bodies')}>{t('network.toDirectory')}</a>
      </p>
      <FilterForm
        level={level.value}
        filter={filter.value}
        compareOn={compareOn.value}
        countries={countries}
        years={years}
        rehearsals={rehearsals.value}
        setLevel={setLevel}
        setRehearsals={(next) => (rehearsals.value = next)}
        setFilter={(next) => (filter.value = next)}
        setCompareOn={(date) => (compareOn.value = date)}
      />
      <ResponseNote response={response} refetch={refetch} />
      {!loaded && (
        <p class="loading" role="status">
          {total === undefined
            ? t('frame.loading')
            : t('network.reading', { read: formatNumber(read), total: formatNumber(total) })}
        </p>
      )}
      {loaded && (
        <>
          <Summary network={network} selection={selection} sides={sides} />
          <div class="network-parts">
            <section aria-labelledby="network-tables">
              <h2 id="network-tables">{t('network.tables')}</h2>
              <Tabs
                label={t('network.tables')}
                opened={tab}
                tabs={[
                  {
                    key: 'contacts',
                    title: t('network.contacts'),
                    content: () => <ContactTable {...shown} sides={sides} />,
                  },
                  {
                    key: 'parties',
                    title: t('network.parties'),
                    content: () => <PartyTable {...shown} />,
                  },
                  {
                    key: 'occasions',
                    title: t('network.occasions'),
                    content: () => <OccasionTable {...shown} />,
                  },
                  {
                    key: 'cities',
                    title: t('network.cities'),
                    content: () => <CityMap selection={selection} />,
                  },
                  {
                    key: 'centralities',
                    title: t('network.centralities'),
                    content: () => <Centralities {...ofContacts} />,
                  },
                  {
                    key: 'paths',
                    title: t('network.paths'),
                    content: () => <Paths {...ofContacts} />,
                  },
                ]}
              />
              <h3>{t('network.files')}</h3>
              <FileButtons selection={selection} sides={sides} layout={layout} />
            </section>
            <div class="network-side">
              {chosen.value && <Details {...shown} chosen={chosen.value} />}
              <section aria-labelledby="network-drawing">
                <h2 id="network-drawing">{t('network.drawing')}</h2>
                <p>{t('network.drawingNote')}</p>
                <Drawing {...shown} sides={sides} chosen={chosen.value} layout={layout} />
              </section>
            </div>
          </div>
        </>
      )}
    </>
  );
}
