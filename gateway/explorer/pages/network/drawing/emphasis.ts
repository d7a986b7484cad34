import type { Side } from '../model/compare.ts';
import type { ChosenContact, Selection } from '../model/filter.ts';
import type { ActorKind } from '../model/network.ts';
import type { Chosen } from '../views/chosen.ts';
import type { Palette } from './palette.ts';

/** What of the network is drawn, and how. */
export interface Shown {
  readonly selection: Selection;
  readonly sides: ReadonlyMap<string, Side> | undefined;
  readonly chosen: Chosen | undefined;
  readonly palette: Palette;
}

/** How the parties and contacts stand out, by what the reader has chosen. */
export interface Emphasis {
  /** The chosen parties, and those with which they are in contact. Undefined: nothing is chosen. */
  readonly near: ReadonlySet<string> | undefined;
  readonly isNear: (id: string) => boolean;
  readonly colourOfActor: (id: string, kind: ActorKind) => string;
  readonly colourOfContact: (key: string) => string;
  /** In pixels. The more evidence there is of a contact, the wider is its line. */
  readonly widthOfContact: (key: string, evidence: number) => number;
}

function findNear({ selection, chosen }: Shown): Set<string> | undefined {
  if (chosen?.type === 'contact') return new Set(chosen.key.split(' '));
  if (chosen?.type !== 'party') return undefined;
  if (!selection.actors.some(({ actor }) => actor.id === chosen.id)) return undefined;
  const isOwn = ({ contact }: ChosenContact) => contact.ends.some(({ id }) => id === chosen.id);
  const own = selection.contacts.filter(isOwn);
  return new Set([chosen.id, ...own.flatMap(({ contact }) => contact.ends.map(({ id }) => id))]);
}

export function emphasise(shown: Shown): Emphasis {
  const { sides, chosen, palette } = shown;
  const near = findNear(shown);
  const isNear = (id: string) => near?.has(id) ?? true;
  const isChosen = (key: string) => chosen?.type === 'contact' && chosen.key === key;
  const isOfChosen = (key: string) =>
    chosen?.type === 'party' && near ? key.split(' ').includes(chosen.id) : near === undefined;
  const usual = (key: string) => {
    const side = sides?.get(key);
    return side ? palette.sides[side] : palette.edge;
  };
  return {
    near,
    isNear,
    colourOfActor(id, kind) {
      if (chosen?.type === 'party' && chosen.id === id) return palette.chosen;
      return isNear(id) ? palette.kinds[kind] : palette.faint;
    },
    colourOfContact(key) {
      if (isChosen(key)) return palette.chosen;
      return isOfChosen(key) ? usual(key) : palette.faint;
    },
    widthOfContact: (key, evidence) => (isChosen(key) ? 5 : Math.min(4, 0.5 + evidence * 0.5)),
  };
}
