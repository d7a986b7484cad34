import { scaleSqrt } from 'd3-scale';
import { render } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  attribution,
  countries,
  countryOf,
  placeCity,
  positionsSource,
} from '../../../parts/map/region.ts';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { useWidth } from '../../../parts/use-width.ts';
import { formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry, orderByName } from '../../../words/names.ts';
import { countDrawn, listCities, type City, type Connection } from '../model/cities.ts';
import type { Selection } from '../model/filter.ts';
import type { Actor } from '../model/network.ts';
import type { Choose, Chosen } from '../views/chosen.ts';
import { nameOf } from '../views/names.ts';
import { PartyLink } from '../views/party-link.tsx';
import {
  connect,
  frameCities,
  placeNames,
  type Frame,
  type Placed,
  type Point,
} from './place-cities.ts';

const countOf = ({ seats, events }: City): number => seats.length + events.length;
interface PlacesProps {
  readonly cities: readonly City[];
  readonly connections: readonly Connection[];
  readonly chosen: Chosen | undefined;
  readonly choose: Choose;
}

interface CitiesProps extends PlacesProps {
  readonly frame: Frame;
}

function Cities({ frame, cities, connections, chosen, choose }: CitiesProps) {
  const most = Math.max(1, ...cities.map(countOf));
  const radius = scaleSqrt([0, most], [0, Math.min(22, frame.width / 24)]);
  const placed = cities.flatMap((city): Placed[] => {
    const place = placeCity(city.country, city.city);
    if (!place) return [];
    const [x, y] = [(place[0] - frame.left) * frame.scale, (place[1] - frame.top) * frame.scale];
    return [{ city, x, y, r: Math.max(4, radius(countOf(city))) }];
  });
  const placeOf = new Map(placed.map((one) => [one.city, one]));
  const labels = placeNames(placed, frame);
  const isChosen = ({ key }: City) => chosen?.type === 'city' && chosen.id === key;
  return (
    <>
      {connections.map(({ cities: [one, other], evidence }) => {
        const [from, to] = [placeOf.get(one), placeOf.get(other)];
        if (!from || !to) return null;
        const isOwn = isChosen(one) || isChosen(other);
        return (
          <path
            key={`${one.key} ${other.key}`}
            class={isOwn ? 'connection own' : 'connection'}
            stroke-width={Math.min(8, 0.5 + Math.sqrt(evidence))}
            fill="none"
            d={connect(from, to, placed)}
          />
        );
      })}
      {placed.map(({ city, x, y, r }) => (
        <circle
          key={city.key}
          class={isChosen(city) ? 'city own' : 'city'}
          cx={x}
          cy={y}
          r={r}
          onClick={() => choose({ type: 'city', id: city.key })}
        >
          <title>{city.city}</title>
        </circle>
      ))}
      {placed.map(({ city }) => {
        const label = labels.get(city);
        if (!label) return null;
        return (
          <text key={city.key} x={label.x} y={label.y + 4} text-anchor={label.anchor}>
            {city.city}
          </text>
        );
      })}
    </>
  );
}

const frameAll = (cities: readonly City[], width: number): Frame =>
  frameCities(
    cities.flatMap(({ country, city }): Point[] => {
      const at = placeCity(country, city);
      return at ? [at] : [];
    }),
    width,
  );

function Drawn({ frame, ...places }: CitiesProps) {
  const { width, height, left, top, scale } = frame;
  return (
    <svg class="city-map" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <svg
        width={width}
        height={height}
        viewBox={`${left} ${top} ${width / scale} ${height / scale}`}
      >
        <rect class="sea" x={left} y={top} width="100%" height="100%" />
        {countries.map(({ name, outline }) => (
          <path
            key={`${name} ${outline.slice(0, 20)}`}
            d={outline}
            class="land"
            stroke-width={1 / scale}
          />
        ))}
      </svg>
      <Cities frame={frame} {...places} />
    </svg>
  );
}

/** As wide as on a page: names that find room there have none on a phone. */
const savedWidth = 1200;

interface SavedProps {
  readonly selection: Selection;
  readonly chosen: Chosen | undefined;
}

/** Draws the map for a file, where nobody sees it. */
export function drawForFile<Result>(
  { selection, chosen }: SavedProps,
  write: (map: SVGSVGElement) => Result,
): Result | undefined {
  const places = listCities(selection, countryOf);
  const frame = frameAll(places.cities, savedWidth);
  const unseen = document.createElement('div');
  unseen.className = 'unseen';
  document.body.append(unseen);
  try {
    render(<Drawn {...places} frame={frame} chosen={chosen} choose={() => undefined} />, unseen);
    const map = unseen.querySelector('svg');
    return map ? write(map) : undefined;
  } finally {
    render(null, unseen);
    unseen.remove();
  }
}

interface MapProps extends SavedProps {
  readonly choose: Choose;
}

/** The city of a party that has a place on the map. */
function placeOf({ city, country }: Actor): string | undefined {
  if (city === null || !placeCity(country, city)) return undefined;
  return `${countryOf(country, city)} ${city}`;
}

/** How much of the selection the map shows. */
function DrawnNote({ selection }: { selection: Selection }) {
  const { actors, contacts } = selection;
  const drawn = useMemo(() => countDrawn(selection, placeOf), [selection]);
  // A country has no single place: only events are drawn.
  if (actors.every(({ actor }) => actor.kind === 'Country')) return null;
  return (
    <p>
      {t('network.mapDrawn', {
        drawn: formatNumber(drawn.parties),
        all: formatNumber(actors.length),
        lines: formatNumber(drawn.contacts),
        contacts: formatNumber(contacts.length),
      })}
    </p>
  );
}

/** Those that the map cannot show, by name. */
function WithoutCity({ selection, choose }: Omit<MapProps, 'chosen'>) {
  const { withoutCity } = useMemo(() => countDrawn(selection, placeOf), [selection]);
  if (withoutCity.length === 0) return null;
  return (
    <details>
      <summary>{t('network.noCity', { number: formatNumber(withoutCity.length) })}</summary>
      <ul class="known hits">
        {orderByName(withoutCity, nameOf).map((actor) => (
          <li key={actor.id}>
            <PartyLink actor={actor} choose={choose} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where the parties of the selection have their seats, who is in contact, and where their events were. */
export function CityMap({ selection, chosen, choose }: MapProps) {
  const { cities, connections } = useMemo(() => listCities(selection, countryOf), [selection]);
  const isUnplaced = cities.some(({ country, city }) => !placeCity(country, city));
  const { element, width } = useWidth<HTMLDivElement>();
  const frame = useMemo(() => frameAll(cities, width), [cities, width]);
  return (
    <>
      <DrawnNote selection={selection} />
      <div ref={element} style={{ minHeight: `${frame.height}px` }}>
        {width > 0 && <Drawn {...{ frame, cities, connections, chosen, choose }} />}
      </div>
      <p class="soft">
        {t('network.mapNote')} {t('network.mapHint')}
      </p>
      <WithoutCity selection={selection} choose={choose} />
      <p class="credit">
        {t('network.mapCredit', { map: attribution, positions: positionsSource })}
      </p>
      <LongTable
        caption={t('network.cities')}
        rows={cities}
        keyOf={({ key }) => key}
        pageSize={15}
        columns={[
          {
            title: t('network.city'),
            of: ({ key, city }) => (
              <button type="button" class="link" onClick={() => choose({ type: 'city', id: key })}>
                {city}
              </button>
            ),
            rank: ({ city }) => city,
          },
          {
            title: t('network.country'),
            of: ({ country }) =>
              country === null ? t('response.unknown') : nameOfCountry(country),
            rank: ({ country }) => country && nameOfCountry(country),
          },
          {
            title: t('network.seats'),
            of: ({ seats }) => formatNumber(seats.length),
            isNumber: true,
            rank: ({ seats }) => seats.length,
          },
          {
            title: t('network.events'),
            of: ({ events }) => formatNumber(events.length),
            isNumber: true,
            rank: ({ events }) => events.length,
          },
          ...(isUnplaced
            ? [
                {
                  title: t('network.onMap'),
                  of: ({ country, city }: City) =>
                    placeCity(country, city) ? t('network.yes') : t('network.noPosition'),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
