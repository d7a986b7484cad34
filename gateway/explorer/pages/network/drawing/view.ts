import type { Shown } from './emphasis.ts';
import type { Layout } from './use-layout.ts';

/** A network on a canvas. It draws what it is given, and reports clicks. */
export interface View {
  /** Shows something else of the same network. */
  show(shown: Shown): void;
  move(layout: Layout): void;
  /** @param factor above 1 comes nearer, below goes back, 0 shows the whole */
  zoom(factor: number): void;
  close(): void;
}
