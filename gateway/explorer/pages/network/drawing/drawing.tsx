import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../../words/language.ts';
import { sides as allSides } from '../model/compare.ts';
import type { Choose } from '../views/chosen.ts';
import { sideWords } from '../views/names.ts';
import type { Shown } from './emphasis.ts';
import { PaintedView } from './painted-view.ts';
import type { Layout } from './use-layout.ts';

/** A screen that is touched has no wheel, and no Ctrl. */
const isTouched = () => matchMedia('(hover: none) and (pointer: coarse)').matches;

/** Whether a worker can paint a canvas of the page. */
const canPaint = () => 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

interface DrawingProps extends Shown {
  readonly layout: ReadonlySignal<Layout | undefined>;
  readonly choose: Choose;
}

function Legend({ grouping, sides }: Pick<Shown, 'grouping' | 'sides'>) {
  return (
    <ul class="legend">
      {grouping.groups.map(({ label, colour }) => (
        <li key={label}>
          <svg class="sign" viewBox="0 0 12 12" aria-hidden="true">
            <circle cx="6" cy="6" r="6" fill={colour} />
          </svg>{' '}
          {label}
        </li>
      ))}
      {sides &&
        allSides.map((side) => (
          <li key={side}>
            <span class={`side ${side}`} aria-hidden="true" /> {t(sideWords[side])}
          </li>
        ))}
    </ul>
  );
}

/** The network as a graph. What it shows stands in the tables too, so readers of tables skip it. */
export function Drawing({ layout, choose, ...shown }: DrawingProps) {
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<PaintedView>(undefined);
  const { network, isDone } = layout.value ?? {};
  const { selection, sides, chosen, chains, grouping, sizes, palette } = shown;
  useEffect(() => {
    const first = layout.peek();
    if (!canPaint() || !network || !first || !container.current) return undefined;
    const opened = new PaintedView(container.current, network, first, shown, choose);
    view.current = opened;
    return () => {
      view.current = undefined;
      opened.close();
    };
  }, [network]);
  useEffect(
    () => view.current?.show(shown, choose),
    [selection, sides, chosen, chains, grouping, sizes, palette],
  );
  useSignalEffect(() => {
    const now = layout.value;
    if (now) view.current?.move(now);
  });
  if (!canPaint()) return <p>{t('network.cannotDraw')}</p>;
  const zooms = [
    ['network.zoomIn', 1.5],
    ['network.zoomOut', 1 / 1.5],
    ['network.zoomAll', 0],
  ] as const;
  return (
    <>
      <div class="canvas" aria-hidden="true" ref={container} />
      <div class="under-drawing">
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
        <Legend grouping={grouping} sides={sides} />
        <p class="laying-out" role="status">
          {isDone ? '' : t('network.layingOut')}
        </p>
      </div>
      <p class="soft">
        {t('network.drawingNote')} {t(isTouched() ? 'network.zoomByTouch' : 'network.zoomHint')}
      </p>
    </>
  );
}
