import type { ReadonlySignal } from '@preact/signals';
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isDark } from '../../../frame/theme.ts';
import { formatNumber, t } from '../../../words/language.ts';
import { sides as allSides } from '../model/compare.ts';
import type { ActorKind } from '../model/network.ts';
import type { Choose } from '../views/chosen.ts';
import { kindWords, sideWords } from '../views/names.ts';
import { largeFrom } from './layout.ts';
import { mostDrawn, NetworkView, type Shown } from './network-view.ts';
import { readPalette } from './palette.ts';
import { renderer } from './renderer.ts';
import type { Layout } from './use-layout.ts';

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
  const view = useRef<NetworkView>(undefined);
  const { network, isDone } = layout.value ?? {};
  const isDarkNow = isDark();
  const isWanted = useSignal(false);
  const isLarge = (network?.actors.length ?? 0) >= largeFrom;
  const isDrawn = renderer !== 'none' && (renderer === 'card' || !isLarge || isWanted.value);
  useEffect(() => {
    const first = layout.peek();
    if (!isDrawn || !network || !first || !container.current) return undefined;
    const controller = new AbortController();
    const shown = { selection, sides, chosen, palette: readPalette() };
    const opened = new NetworkView(container.current, network, shown, choose);
    view.current = opened;
    void opened.open(first, controller.signal).then(() => {
      if (controller.signal.aborted) return;
      const now = layout.peek();
      if (now && now !== first) opened.move(now);
    });
    return () => {
      controller.abort();
      view.current = undefined;
      opened.close();
    };
  }, [network, isDrawn]);
  useEffect(() => {
    view.current?.show({ selection, sides, chosen, palette: readPalette() });
  }, [selection, sides, chosen, isDarkNow]);
  useSignalEffect(() => {
    const now = layout.value;
    if (now) view.current?.move(now);
  });
  if (renderer === 'none') return <p>{t('network.noWebgl')}</p>;
  if (!isDrawn)
    return (
      <>
        <p>{t('network.slow')}</p>
        <button type="button" onClick={() => (isWanted.value = true)}>
          {t('network.drawAnyway')}
        </button>
      </>
    );
  const kinds = [...new Set(selection.actors.map(({ actor }) => actor.kind))].sort();
  const zooms = [
    ['network.zoomIn', 1.5],
    ['network.zoomOut', 1 / 1.5],
    ['network.zoomAll', 0],
  ] as const;
  return (
    <>
      {selection.contacts.length > mostDrawn && (
        <p>{t('network.strongest', { count: formatNumber(mostDrawn) })}</p>
      )}
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
