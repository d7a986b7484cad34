import { fold } from '../../../../../shared/database/search/fold.ts';
import { orderByName } from '../../../words/names.ts';

interface Region {
  readonly code: string;
  readonly name: string;
  readonly variants: readonly string[];
}

interface Body {
  readonly id: string;
  readonly name: string | null;
  readonly city: string | null;
  readonly closedOn: string | null;
  readonly isRehearsal: boolean;
}

interface Site {
  readonly city: string | null;
  readonly region: { readonly code: string } | null;
}

/** `St. Petersburg` and `St Petersburg` are one. */
const plain = (name: string): string =>
  fold(name)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The bodies in the cities of a region. The graph says the region of an institution, not of a body: a
 * city is of the region if it has its name, or one of the region’s institutions. What is real comes
 * first, then by name.
 */
export function listBodiesOf<One extends Body>(
  { code, name, variants }: Region,
  sites: readonly Site[],
  bodies: readonly One[],
): readonly One[] {
  const cities = new Set(
    [
      name,
      ...variants,
      ...sites.flatMap(({ city, region }) => (region?.code === code && city ? city : [])),
    ].map(plain),
  );
  const found = bodies.filter(({ city }) => city !== null && cities.has(plain(city)));
  const ordered = orderByName(found, (body) => body.name ?? '');
  return ordered.toSorted((one, other) => Number(one.isRehearsal) - Number(other.isRehearsal));
}
