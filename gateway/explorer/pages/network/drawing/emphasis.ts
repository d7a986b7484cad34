import type { Side } from '../model/compare.ts';
import type { ChosenContact, Selection } from '../model/filter.ts';
import type { Grouping } from '../model/grouping.ts';
import { keyOf, type Actor } from '../model/network.ts';
import type { Chosen } from '../views/chosen.ts';
import type { Palette } from './palette.ts';

/** Chains of parties, by their ids. */
export type Chains = readonly (readonly string[])[];

/** What of the network is drawn, and how. */
export interface Shown {
  readonly selection: Selection;
  readonly sides: ReadonlyMap<string, Side> | undefined;
  readonly chosen: Chosen | undefined;
  /** The chains that are drawn in while nothing else is chosen. */
  readonly chains: Chains;
  readonly grouping: Grouping;
  /** The radius of each party, by its place in the network. */
  readonly sizes: Float32Array;
  readonly palette: Palette;
  /** The party under the pointer: it and its neighbours stand out. */
  readonly pointed?: string | undefined;
}

/** How the parties and contacts stand out, by what the reader has chosen. */
export interface Emphasis {
  /** The chosen parties, and those with which they are in contact. Undefined: nothing is chosen. */
  readonly near: ReadonlySet<string> | undefined;
  readonly isNear: (id: string) => boolean;
  readonly colourOfActor: (actor: Actor) => string;
  readonly colourOfContact: (key: string) => string;
  /** In pixels. The more evidence there is of a contact, the wider is its line. */
  readonly widthOfContact: (key: string, evidence: number) => number;
}

/** What stands out: parties, and contacts, some of which are strong. */
interface Near {
  readonly parties: ReadonlySet<string>;
  readonly isOwn: (key: string) => boolean;
  readonly strong: ReadonlySet<string>;
}

function findAround({ selection }: Shown, id: string): Near | undefined {
  if (!selection.actors.some(({ actor }) => actor.id === id)) return undefined;
  const isOwn = ({ contact }: ChosenContact) => contact.ends.some((end) => end.id === id);
  const own = selection.contacts.filter(isOwn);
  const keys = new Set(own.map(({ contact }) => contact.key));
  return {
    parties: new Set([id, ...own.flatMap(({ contact }) => contact.ends.map((end) => end.id))]),
    isOwn: (key) => keys.has(key),
    strong: new Set(),
  };
}

function findNear(shown: Shown): Near | undefined {
  const { chosen, chains, pointed } = shown;
  if (pointed !== undefined) return findAround(shown, pointed);
  if (chosen?.type === 'party') return findAround(shown, chosen.id);
  const keys =
    chosen?.type === 'contact'
      ? [chosen.key]
      : chains.flatMap((ids) => ids.slice(1).map((id, index) => keyOf(ids[index] ?? '', id)));
  if (keys.length === 0) return undefined;
  const strong = new Set(keys);
  const parties = new Set(keys.flatMap((key) => key.split(' ')));
  return { parties, isOwn: (key) => strong.has(key), strong };
}

export function emphasise(shown: Shown): Emphasis {
  const { sides, chosen, palette, grouping } = shown;
  const near = findNear(shown);
  const isNear = (id: string) => near?.parties.has(id) ?? true;
  const usual = (key: string) => {
    const side = sides?.get(key);
    return side ? palette.sides[side] : palette.edge;
  };
  return {
    near: near?.parties,
    isNear,
    colourOfActor(actor) {
      if (chosen?.type === 'party' && chosen.id === actor.id) return palette.chosen;
      return isNear(actor.id) ? grouping.colourOf(actor) : palette.faint;
    },
    colourOfContact(key) {
      if (near?.strong.has(key)) return palette.chosen;
      return near && !near.isOwn(key) ? palette.faint : usual(key);
    },
    widthOfContact: (key, evidence) =>
      near?.strong.has(key) ? 5 : Math.min(9, 0.5 + 1.5 * Math.sqrt(Math.max(0, evidence - 0.5))),
  };
}
