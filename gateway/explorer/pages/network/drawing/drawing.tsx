import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isDark } from '../../../frame/theme.ts';
import { t } from '../../../words/language.ts';
import { sides as allSides } from '../model/compare.ts';
import type { ActorKind } from '../model/network.ts';
import type { Choose } from '../views/chosen.ts';
import { kindWords, sideWords } from '../views/names.ts';
import type { Shown } from './emphasis.ts';
import { PaintedView } from './painted-view.ts';
import { readPalette } from './palette.ts';
import type { Layout } from './use-layout.ts';

/** Whether a worker can paint a canvas of the page. */
const canPaint = 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

interface DrawingProps extends Omit<Shown, 'palette'> {
  readonly layout: ReadonlySignal<Layout | undefined>;
  readonly choose: Choose;
}

function Legend({ kinds, sides }: { kinds: readonly ActorKind[]; sides: Shown['sides'] }) {
  return (
    <ul class="legend">
      {kinds.map((kind) => (
        <li key={kind}>
          <span class="sign" data-kind={kind} aria-hidden="true" /> {t(kindWords[kind])}
        </li>
      ))}
      {sides &&
        allSides.map((side) => (
          <li key={side}>
            <span class={`sign line ${side}`} aria-hidden="true" /> {t(sideWords[side])}
          </li>
        ))}
    </ul>
  );
}

/** The network as a graph. What it shows stands in the tables too, so readers of tables skip it. */
export function Drawing({ layout, choose, selection, sides, chosen }: DrawingProps) {
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<PaintedView>(undefined);
  const { network, isDone } = layout.value ?? {};
  const isDarkNow = isDark();
  useEffect(() => {
    const first = layout.peek();
    if (!canPaint || !network || !first || !container.current) return undefined;
    const shown = { selection, sides, chosen, palette: readPalette() };
    const opened = new PaintedView(container.current, network, first, shown, choose);
    view.current = opened;
    return () => {
      view.current = undefined;
      opened.close();
    };
  }, [network]);
  useEffect(() => {
    view.current?.show({ selection, sides, chosen, palette: readPalette() });
  }, [selection, sides, chosen, isDarkNow]);
  useSignalEffect(() => {
    const now = layout.value;
    if (now) view.current?.move(now);
  });
  if (!canPaint) return <p>{t('network.cannotDraw')}</p>;
  const kinds = [...new Set(selection.actors.map(({ actor }) => actor.kind))].sort();
  const zooms = [
    ['network.zoomIn', 1.5],
    ['network.zoomOut', 1 / 1.5],
    ['network.zoomAll', 0],
  ] as const;
  return (
    <>
      <Legend kinds={kinds} sides={sides} />
      <p class="laying-out" role="status">
        {isDone ? '' : t('network.layingOut')}
      </p>
      <div class="canvas" aria-hidden="true" ref={container} />
      <div class="zoom">
        {zooms.map(([label, factor]) => (
          <button
            key={label}
            type="button"
            class="quiet"
            onClick={() => view.current?.zoom(factor)}
          >
            {t(label)}
          </button>
        ))}
      </div>
    </>
  );
}
