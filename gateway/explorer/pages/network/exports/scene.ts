import type { Palette } from '../drawing/palette.ts';
import type { Layout } from '../drawing/use-layout.ts';
import type { Side } from '../model/compare.ts';
import type { Selection } from '../model/filter.ts';
import { nameOf } from '../views/names.ts';

/** The drawing as forms, in pixels from the top left. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly paper: string;
  readonly ink: string;
  readonly lines: readonly {
    readonly from: readonly [number, number];
    readonly to: readonly [number, number];
    readonly width: number;
    readonly colour: string;
  }[];
  readonly circles: readonly {
    readonly at: readonly [number, number];
    readonly radius: number;
    readonly colour: string;
  }[];
  readonly labels: readonly { readonly at: readonly [number, number]; readonly text: string }[];
}

const size = { width: 1_600, height: 1_200, margin: 120 };
/** More names would cover each other. */
const mostLabels = 80;

/** Moves the places of a layout into the picture. The axis of the layout points up. */
function createPlacer({ positions }: Layout, indices: readonly number[]) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const index of indices) {
    const x = positions[index * 2] ?? 0;
    const y = positions[index * 2 + 1] ?? 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const scale = Math.min(
    (size.width - 2 * size.margin) / Math.max(1e-9, right - left),
    (size.height - 2 * size.margin) / Math.max(1e-9, high - low),
  );
  const round = (value: number) => Math.round(value * 10) / 10;
  return (index: number): [number, number] => [
    round(size.width / 2 + ((positions[index * 2] ?? 0) - (left + right) / 2) * scale),
    round(size.height / 2 - ((positions[index * 2 + 1] ?? 0) - (low + high) / 2) * scale),
  ];
}

/** What is selected, as it is drawn. */
export function composeScene(
  selection: Selection,
  sides: ReadonlyMap<string, Side> | undefined,
  layout: Layout,
  palette: Palette,
): Scene {
  const place = createPlacer(
    layout,
    selection.actors.map(({ actor }) => actor.index),
  );
  const radiusOf = (index: number) => layout.sizes[index] ?? 3;
  const named = selection.actors
    .toSorted((one, other) => other.degree - one.degree)
    .slice(0, mostLabels);
  return {
    width: size.width,
    height: size.height,
    paper: palette.paper,
    ink: palette.ink,
    lines: selection.contacts.map(({ contact: { key, ends }, evidence }) => {
      const side = sides?.get(key);
      return {
        from: place(ends[0].index),
        to: place(ends[1].index),
        width: Math.min(4, 0.5 + evidence.length * 0.5),
        colour: side ? palette.sides[side] : palette.edge,
      };
    }),
    circles: selection.actors.map(({ actor: { index, kind } }) => ({
      at: place(index),
      radius: radiusOf(index),
      colour: palette.kinds[kind],
    })),
    labels: named.map(({ actor }) => {
      const [x, y] = place(actor.index);
      return { at: [x + radiusOf(actor.index) + 3, y + 4], text: nameOf(actor) };
    }),
  };
}
