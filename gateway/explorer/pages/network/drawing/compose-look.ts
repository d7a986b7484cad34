import type { Network } from '../model/network.ts';
import { emphasise, type Shown } from './emphasis.ts';
import type { Look } from './painting.ts';

/** As many names are offered to the painter. It paints those for which there is room. */
const mostNamed = 1_000;

/** All colours, from what is painted first to what is painted over it. */
const listColours = ({ palette, grouping }: Shown): readonly string[] => [
  '',
  ...new Set([
    palette.faint,
    palette.edge,
    ...Object.values(palette.sides),
    ...grouping.groups.map(({ colour }) => colour),
    palette.chosen,
  ]),
];

/** What is shown of a network, for the painter. */
export function composeLook(network: Network, shown: Shown): Look {
  const { selection, palette, sizes } = shown;
  const emphasis = emphasise(shown);
  const colours = listColours(shown);
  const indexes = new Map(colours.map((colour, index) => [colour, index]));
  const colourIndexOf = (colour: string) => indexes.get(colour) ?? 0;
  const actors = new Uint8Array(network.actors.length);
  for (const { actor } of selection.actors)
    actors[actor.index] = colourIndexOf(emphasis.colourOfActor(actor));
  const count = selection.contacts.length;
  const ends = new Uint32Array(count * 2);
  const lines = new Uint8Array(count);
  const widths = new Float32Array(count);
  for (const [index, { contact, evidence }] of selection.contacts.entries()) {
    ends[index * 2] = contact.ends[0].index;
    ends[index * 2 + 1] = contact.ends[1].index;
    lines[index] = colourIndexOf(emphasis.colourOfContact(contact.key));
    widths[index] = emphasis.widthOfContact(contact.key, evidence.length);
  }
  const sizeOf = (index: number) => sizes[index] ?? 0;
  const named = selection.actors
    .filter(({ actor }) => emphasis.isNear(actor.id))
    .toSorted(
      (one, other) =>
        sizeOf(other.actor.index) - sizeOf(one.actor.index) || other.degree - one.degree,
    )
    .slice(0, mostNamed)
    .map(({ actor }) => actor.index);
  return { actors, sizes, ends, lines, widths, colours, named: Uint32Array.from(named), palette };
}
