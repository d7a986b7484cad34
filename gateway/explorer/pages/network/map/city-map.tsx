import { scaleSqrt } from 'd3-scale';
import { useMemo } from 'preact/hooks';
import { LongTable } from '../../../parts/long-table.tsx';
import {
  attribution,
  countries,
  countryOf,
  height,
  placeCity,
  positionsSource,
  width,
} from '../../../parts/region.ts';
import { formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import { listCities, type City } from '../model/cities.ts';
import type { Selection } from '../model/filter.ts';

const countOf = ({ seats, events }: City): number => seats + events;
/** Names of the cities with the most are written. The table has all. */
const mostNames = 14;

function Cities({ cities }: { cities: readonly City[] }) {
  const most = Math.max(1, ...cities.map(countOf));
  const radius = scaleSqrt([0, most], [0, 22]);
  const placed = cities.flatMap((city) => {
    const place = placeCity(city.country, city.city);
    return place ? [{ city, place, r: Math.max(4, radius(countOf(city))) }] : [];
  });
  return (
    <>
      {placed.map(({ city, place: [x, y], r }) => (
        <circle key={city.key} cx={x} cy={y} r={r} class="city" />
      ))}
      {placed.slice(0, mostNames).map(({ city, place: [x, y], r }) => (
        <text key={city.key} x={x + r + 3} y={y + 4}>
          {city.city}
        </text>
      ))}
    </>
  );
}

/** Where the parties of the selection have their seats, and where their events took place. */
export function CityMap({ selection }: { selection: Selection }) {
  const cities = useMemo(() => listCities(selection, countryOf), [selection]);
  const isUnplaced = cities.some(({ country, city }) => !placeCity(country, city));
  return (
    <>
      <LongTable
        caption={t('network.cities')}
        rows={cities}
        keyOf={({ key }) => key}
        pageSize={10}
        columns={[
          { title: t('network.city'), of: ({ city }) => city, rank: ({ city }) => city },
          {
            title: t('network.country'),
            of: ({ country }) =>
              country === null ? t('response.unknown') : nameOfCountry(country),
            rank: ({ country }) => country,
          },
          {
            title: t('network.seats'),
            of: ({ seats }) => formatNumber(seats),
            isNumber: true,
            rank: ({ seats }) => seats,
          },
          {
            title: t('network.events'),
            of: ({ events }) => formatNumber(events),
            isNumber: true,
            rank: ({ events }) => events,
          },
          {
            title: t('network.onMap'),
            of: ({ country, city }) =>
              placeCity(country, city) ? t('network.yes') : t('network.noPosition'),
          },
        ]}
      />
      {isUnplaced && <p>{t('network.unplaced')}</p>}
      <svg class="city-map" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {countries.map(({ name, outline }) => (
          <path key={`${name} ${outline.slice(0, 20)}`} d={outline} class="land" />
        ))}
        <Cities cities={cities} />
      </svg>
      <p class="credit">
        {t('network.mapCredit', { map: attribution, positions: positionsSource })}
      </p>
    </>
  );
}
