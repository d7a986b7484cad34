import { t } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import type { Palette } from '../drawing/palette.ts';
import { kindWords, nameOf } from '../views/names.ts';
import { findCommunities } from './communities.ts';
import type { Selection } from './filter.ts';
import type { Actor } from './network.ts';

export const colourings = ['kind', 'country', 'community'] as const;
export type Colouring = (typeof colourings)[number];

interface Group {
  readonly label: string;
  readonly colour: string;
}

/** What the colours of parties mean. */
export interface Grouping {
  readonly colourOf: (actor: Actor) => string;
  /** The largest group first. Those for which there are no colours are one group, the last. */
  readonly groups: readonly Group[];
}

/** The communities of a selection, each by the party of it that has the most contacts. */
function createCommunityOf({ actors, contacts }: Selection): (actor: Actor) => string {
  const places = new Map(actors.map(({ actor }, place) => [actor.id, place]));
  const links = contacts.map(
    ({ contact: { ends }, evidence }) =>
      [places.get(ends[0].id) ?? 0, places.get(ends[1].id) ?? 0, evidence.length] as const,
  );
  const found = findCommunities(actors.length, links);
  const communityAt = (place: number) => found[place] ?? 0;
  const first = new Map<number, (typeof actors)[number]>();
  for (const [place, one] of actors.entries())
    if (one.degree > (first.get(communityAt(place))?.degree ?? 0))
      first.set(communityAt(place), one);
  return ({ id }) => first.get(communityAt(places.get(id) ?? 0))?.actor.id ?? id;
}

/** Groups the parties of a selection by what their colours say. */
export function groupActors(selection: Selection, by: Colouring, palette: Palette): Grouping {
  const { actors } = selection;
  const communityOf = by === 'community' ? createCommunityOf(selection) : undefined;
  const keyOf = (actor: Actor): string =>
    communityOf?.(actor) ?? (by === 'country' ? (actor.country ?? '') : actor.kind);
  const members = new Map<string, Actor[]>();
  for (const { actor } of actors)
    members.set(keyOf(actor), [...(members.get(keyOf(actor)) ?? []), actor]);
  const nameOfKey = (key: string) => (by === 'country' && key !== '' ? nameOfCountry(key) : key);
  const ordered = [...members].sort(
    ([one, { length }], [other, { length: ofOther }]) =>
      ofOther - length || nameOfKey(one).localeCompare(nameOfKey(other)),
  );
  const labelOf = (key: string, [member]: readonly Actor[]): string => {
    if (by === 'kind') return t(member ? kindWords[member.kind] : 'network.others');
    if (by === 'country') return key === '' ? t('network.international') : nameOfCountry(key);
    const middle = actors.find(({ actor }) => actor.id === key)?.actor;
    return t('network.around', { name: middle ? nameOf(middle) : key });
  };
  const colours = new Map<string, string>();
  const groups: Group[] = [];
  for (const [place, [key, list]] of ordered.entries()) {
    const [member] = list;
    const isCrowd = by === 'community' && list.length === 1;
    const colour = by === 'kind' && member ? palette.kinds[member.kind] : palette.hues[place];
    if (colour === undefined || isCrowd) continue;
    colours.set(key, colour);
    const label = labelOf(key, list);
    groups.push({ label: by === 'kind' ? label : `${label} (${list.length})`, colour });
  }
  const others = ordered.filter(([key]) => !colours.has(key)).flatMap(([, list]) => list).length;
  if (others > 0)
    groups.push({ label: `${t('network.others')} (${others})`, colour: palette.edge });
  return { colourOf: (actor) => colours.get(keyOf(actor)) ?? palette.edge, groups };
}
