// Runs beside the page. Without a graphics card a large picture takes long, and the page must respond.
import { paintCanvas } from './paint.ts';
import type { Painting } from './painting.ts';

let known: Partial<Painting> = {};

self.addEventListener('message', ({ data }: MessageEvent<Partial<Painting>>) => {
  known = { ...known, ...data };
  const { canvas, ...picture } = known as Painting;
  paintCanvas(canvas, picture);
  // The page sends what is new since, all at once.
  self.postMessage('painted');
});
