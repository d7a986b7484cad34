import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { areForced, isDark } from '../../frame/theme.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { directoryHref } from '../../parts/links.ts';
import { Tabs } from '../../parts/tabs.tsx';
import { formatNumber, t } from '../../words/language.ts';
import { Drawing } from './drawing/drawing.tsx';
import type { Chains } from './drawing/emphasis.ts';
import { readPalette } from './drawing/palette.ts';
import { useLayout } from './drawing/use-layout.ts';
import { FileButtons } from './exports/file-buttons.tsx';
import { CityMap } from './map/city-map.tsx';
import { readState, writeState, type PageState } from './model/address.ts';
import { sides as allSides, compareAt, type Side } from './model/compare.ts';
import { filterNetwork, toContactFilter, yearsOf, type Selection } from './model/filter.ts';
import { groupActors } from './model/grouping.ts';
import { sizeActors, useBetweenness } from './model/measures.ts';
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

const countriesOf = (network: Contacts): readonly string[] => [
  ...new Set(network.actors.flatMap(({ country }) => country ?? [])),
];

/** What the reader has set. Another view or another thing is a step that Back undoes. */
function usePageState() {
  const { query, route } = useLocation();
  const key = JSON.stringify(query);
  const state = useMemo(() => readState(query), [key]);
  const set = (change: Partial<PageState>) => {
    // What was set since the page was drawn is in the address alone.
    const now = readState(Object.fromEntries(new URLSearchParams(location.search)));
    const isStep = 'chosen' in change || 'view' in change;
    route(writeState({ ...now, ...change }), !isStep);
  };
  return { state, set };
}

/** There is room for the panel beside the drawing. */
const isWide = () => matchMedia('(min-width: 75rem)').matches;

/** The network of contacts: who worked with whom, when, and how we know. */
export function Network() {
  const { state, set } = usePageState();
  const { level, rehearsals, filter, compareOn, colour, size, chosen } = state;
  const chains = useSignal<Chains>([]);
  const memberships = filter.bases.includes('MEMBERSHIP');
  const contacts = useContacts(level, rehearsals, memberships);
  const { network: loaded, read, total, response, refetch } = contacts;
  const network = loaded ?? emptyNetwork;
  const layout = useLayout(loaded);
  const filterKey = JSON.stringify(filter);
  const selection = useMemo(() => filterNetwork(network, filter), [network, filterKey]);
  const sides = useMemo(() => compareAt(selection.contacts, compareOn), [selection, compareOn]);
  const years = useMemo(() => yearsOf(network), [network]);
  const countries = useMemo(() => countriesOf(network), [network]);
  const dark = isDark();
  const palette = useMemo(readPalette, [dark, areForced.value]);
  const grouping = useMemo(
    () => groupActors(selection, colour, palette),
    [selection, colour, palette],
  );
  const contactFilter = toContactFilter(filter, level, rehearsals);
  const betweenness = useBetweenness(size === 'betweenness', contactFilter);
  const sizes = useMemo(
    () => sizeActors(network, selection, size, betweenness),
    [network, selection, size, betweenness],
  );
  const chosenKey = JSON.stringify(chosen);
  const same = useMemo(() => chosen, [chosenKey]);
  const choose = (next: Chosen | undefined) => set({ chosen: next });
  const drawn = { selection, sides, chosen: same, chains: chains.value, grouping, sizes, palette };
  const shown = { selection, choose };
  const ofContacts = { network, filter: contactFilter, choose };
  const opened = {
    get value() {
      return state.view;
    },
    set value(view) {
      set({ view });
    },
  };
  const hasRoom = useMemo(isWide, []);
  const isOpen = state.panel ? state.panel === 'open' : hasRoom;
  return (
    <>
      <div class="network-head">
        <h1>{t('frame.network')}</h1>
        <p class="lead">{t('network.lead')}</p>
        <a href={directoryHref('bodies')}>{t('network.toDirectory')}</a>
      </div>
      <ResponseNote response={response} refetch={refetch} />
      <div class="network-stage">
        <details
          class="network-panel"
          open={isOpen}
          onToggle={({ currentTarget: { open } }) => {
            if (open !== isOpen) set({ panel: open ? 'open' : 'closed' });
          }}
        >
          <summary>{t('network.panel')}</summary>
          <FilterForm state={state} countries={countries} years={years} set={set} />
          {loaded && (
            <>
              <h2>{t('network.paths')}</h2>
              <Paths
                {...ofContacts}
                from={state.pathFrom}
                to={state.pathTo}
                find={set}
                show={(next) => (chains.value = next)}
              />
              <h2>{t('network.files')}</h2>
              <FileButtons state={state} shown={drawn} layout={layout} />
            </>
          )}
        </details>
        <div class="network-views">
          {!loaded && (
            <p class="loading" role="status">
              {total === undefined
                ? t('frame.loading')
                : t('network.reading', { read: formatNumber(read), total: formatNumber(total) })}
            </p>
          )}
          {loaded && <Summary network={network} selection={selection} sides={sides} />}
          {loaded && (
            <Tabs
              label={t('network.views')}
              opened={opened}
              tabs={[
                {
                  key: 'drawing',
                  title: t('network.drawing'),
                  content: () => <Drawing {...drawn} choose={choose} layout={layout} />,
                },
                {
                  key: 'map',
                  title: t('network.map'),
                  content: () => <CityMap {...shown} chosen={chosen} />,
                },
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
                  key: 'centralities',
                  title: t('network.centralities'),
                  content: () => <Centralities {...ofContacts} />,
                },
              ]}
            />
          )}
        </div>
        {loaded && chosen && <Details {...shown} chosen={chosen} />}
      </div>
    </>
  );
}
