import { t } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import { cityOf, type PlacedStop } from '../stop-state.tsx';
import { attribution, countries, height, placeCity, positionsSource, width } from './region.ts';

/** How much of the map is shown around the stops, in its own units. */
const least = 160;
const margin = 40;

/** The cities of stops, numbered in their order. */
export function DayMap({ stops }: { stops: readonly PlacedStop[] }) {
  const cities = [
    ...new Map(
      stops.flatMap((stop) => {
        const city = cityOf(stop);
        return city ? [[city, stop.hostCountry] as const] : [];
      }),
    ),
  ];
  const unplaced = cities.filter(([city, country]) => !placeCity(country, city));
  const placed = cities.flatMap(([city, country]) => {
    const at = placeCity(country, city);
    return at ? [{ city, at }] : [];
  });
  if (placed.length === 0) return <p class="soft">{t('journey.noMap')}</p>;
  const [xs, ys] = [placed.map(({ at }) => at[0]), placed.map(({ at }) => at[1])];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max(least, Math.max(...xs) - left + margin, Math.max(...ys) - top + margin);
  const x = Math.max(0, Math.min(width - span, (left + Math.max(...xs) - span) / 2));
  const y = Math.max(0, Math.min(height - span, (top + Math.max(...ys) - span) / 2));
  return (
    <figure class="day-map">
      <svg
        class="city-map"
        viewBox={`${x} ${y} ${span} ${span}`}
        role="img"
        aria-label={placed.map(({ city }) => city).join(', ')}
      >
        {countries.map(({ name, outline }) => (
          <path key={`${name} ${outline.slice(0, 20)}`} d={outline} class="land" />
        ))}
        {placed.map(({ city, at: [cx, cy] }, index) => (
          <g key={city}>
            <circle cx={cx} cy={cy} r={span / 50} class="city" />
            <text x={cx + span / 30} y={cy + span / 80}>
              {placed.length > 1 ? `${index + 1}. ` : ''}
              {city}
            </text>
          </g>
        ))}
      </svg>
      <figcaption class="credit">
        {unplaced.length > 0 &&
          `${joinNames(unplaced.map(([city]) => city))}: ${t('network.noPosition')}. `}
        {t('network.mapCredit', { map: attribution, positions: positionsSource })}
      </figcaption>
    </figure>
  );
}
