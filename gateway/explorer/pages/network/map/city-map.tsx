import { scaleSqrt } from 'd3-scale';
import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  attribution,
  countries,
  countryOf,
  height,
  placeCity,
  positionsSource,
  width,
} from '../../../parts/map/region.ts';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import { listCities, type City, type Connection } from '../model/cities.ts';
import type { Selection } from '../model/filter.ts';
import type { Choose, Chosen } from '../views/chosen.ts';

const countOf = ({ seats, events }: City): number => seats.length + events.length;
/** The size of names on the map, and how wide one letter is at most. */
const letters = { height: 14, width: 7.5 };

interface Placed {
  readonly city: City;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

interface Label {
  readonly x: number;
  readonly anchor: 'start' | 'end';
}

/** Where names have room: right of a circle, else left of it. Those with the most come first. */
function placeNames(placed: readonly Placed[]): ReadonlyMap<City, Label> {
  const labels = new Map<City, Label>();
  const boxes: (readonly [left: number, right: number, line: number])[] = [];
  const isFree = (one: Placed, left: number, right: number) =>
    left >= 0 &&
    right <= width &&
    boxes.every(
      ([from, to, line]) => Math.abs(line - one.y) > letters.height || to < left || right < from,
    ) &&
    placed.every((other) => {
      const away = Math.max(left - other.x, other.x - right, 0);
      const below = Math.max(Math.abs(other.y - one.y) - letters.height / 2, 0);
      // A name may touch the edge of a circle: it is still read.
      return other === one || Math.hypot(away, below) > other.r - 3;
    });
  for (const one of placed) {
    const { city, x, y, r } = one;
    const long = city.city.length * letters.width;
    const sides = [
      { x: x + r + 3, anchor: 'start', left: x + r + 3 },
      { x: x - r - 3, anchor: 'end', left: x - r - 3 - long },
    ] as const;
    const label = sides.find(({ left }) => isFree(one, left, left + long));
    if (!label) continue;
    boxes.push([label.left, label.left + long, y]);
    labels.set(city, label);
  }
  return labels;
}

interface CitiesProps {
  readonly cities: readonly City[];
  readonly connections: readonly Connection[];
  readonly chosen: Chosen | undefined;
  readonly choose: Choose;
}

function Cities({ cities, connections, chosen, choose }: CitiesProps) {
  const most = Math.max(1, ...cities.map(countOf));
  const radius = scaleSqrt([0, most], [0, 22]);
  const placed = cities.flatMap((city): Placed[] => {
    const place = placeCity(city.country, city.city);
    return place ? [{ city, x: place[0], y: place[1], r: Math.max(4, radius(countOf(city))) }] : [];
  });
  const placeOf = new Map(placed.map((one) => [one.city, one]));
  const labels = placeNames(placed);
  const isChosen = ({ key }: City) => chosen?.type === 'city' && chosen.id === key;
  return (
    <>
      {connections.map(({ cities: [one, other], evidence }) => {
        const [from, to] = [placeOf.get(one), placeOf.get(other)];
        if (!from || !to) return null;
        const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
        const isOwn = isChosen(one) || isChosen(other);
        return (
          <line
            key={`${one.key} ${other.key}`}
            class={isOwn ? 'connection own' : 'connection'}
            stroke-width={Math.min(8, 0.5 + Math.sqrt(evidence))}
            {...ends}
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
      {placed.map(({ city, y }) => {
        const label = labels.get(city);
        if (!label) return null;
        return (
          <text key={city.key} x={label.x} y={y + 4} text-anchor={label.anchor}>
            {city.city}
          </text>
        );
      })}
    </>
  );
}

interface MapProps {
  readonly selection: Selection;
  readonly chosen: Chosen | undefined;
  readonly choose: Choose;
  /** The map is saved as a picture from it. */
  readonly map: RefObject<SVGSVGElement | null>;
}

/** Where the parties of the selection have their seats, who is in contact, and where their events were. */
export function CityMap({ selection, chosen, choose, map }: MapProps) {
  const { cities, connections } = useMemo(() => listCities(selection, countryOf), [selection]);
  const isUnplaced = cities.some(({ country, city }) => !placeCity(country, city));
  return (
    <>
      <svg
        ref={map}
        class="city-map"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="xMinYMin"
        aria-hidden="true"
      >
        <rect class="sea" width={width} height={height} />
        {countries.map(({ name, outline }) => (
          <path key={`${name} ${outline.slice(0, 20)}`} d={outline} class="land" />
        ))}
        <Cities cities={cities} connections={connections} chosen={chosen} choose={choose} />
      </svg>
      <p class="soft">
        {t('network.mapNote')} {t('network.mapHint')}
      </p>
      <p class="credit">
        {t('network.mapCredit', { map: attribution, positions: positionsSource })}
      </p>
      <LongTable
        caption={t('network.cities')}
        rows={cities}
        keyOf={({ key }) => key}
        pageSize={10}
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
            rank: ({ country }) => country,
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
          {
            title: t('network.onMap'),
            of: ({ country, city }) =>
              placeCity(country, city) ? t('network.yes') : t('network.noPosition'),
          },
        ]}
      />
      {isUnplaced && <p>{t('network.unplaced')}</p>}
    </>
  );
}
