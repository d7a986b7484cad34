import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Network } from '../model/network.ts';
import { prepareLayout, type LayoutStep } from './layout.ts';

/** Where each actor is drawn: x and y, by its place in the network. */
export interface Layout {
  readonly network: Network;
  readonly positions: Float32Array;
  readonly isDone: boolean;
}

/** Lays a network out in a worker. The drawing and the files have the same places. */
export function useLayout(network: Network | undefined): ReadonlySignal<Layout | undefined> {
  const layout = useSignal<Layout | undefined>(undefined);
  useEffect(() => {
    layout.value = undefined;
    if (!network) return undefined;
    const task = prepareLayout(network);
    layout.value = { network, positions: task.positions, isDone: false };
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<LayoutStep>) => {
      layout.value = { network, ...data };
      if (data.isDone) worker.terminate();
    });
    worker.postMessage(task);
    return () => worker.terminate();
  }, [network]);
  return layout;
}
