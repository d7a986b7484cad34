import type { Side } from '../model/compare.ts';
import type { ActorKind } from '../model/network.ts';

/** The colours of a drawing. They come from the style sheet, which knows light and dark. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly edge: string;
  readonly faint: string;
  readonly chosen: string;
  /** For groups without a colour of their own, the largest group first. */
  readonly hues: readonly string[];
  readonly kinds: Readonly<Record<ActorKind, string>>;
  readonly sides: Readonly<Record<Side, string>>;
}

export function readPalette(): Palette {
  // A worker does not know the colours that a system forces on the page.
  const probe = document.createElement('span');
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    paper: read('paper'),
    ink: read('ink'),
    edge: read('network-edge'),
    faint: read('network-faint'),
    chosen: read('network-chosen'),
    hues: Array.from({ length: 8 }, (_, index) => read(`network-hue-${index}`)),
    kinds: {
      Office: read('network-office'),
      Organisation: read('network-organisation'),
      PoliceUnit: read('network-police'),
      Country: read('network-organisation'),
    },
    sides: {
      before: read('network-before'),
      after: read('network-after'),
      both: read('network-both'),
      undated: read('network-edge'),
    },
  };
  probe.remove();
  return palette;
}
