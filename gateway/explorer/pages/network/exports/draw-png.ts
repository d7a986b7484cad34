import type { Scene } from './scene.ts';

/** Pixels for each pixel of the scene, so that names can be read in print. */
const sharpness = 2;

/** Draws the scene on a canvas, and writes it as PNG. */
export function drawPng(scene: Scene): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = scene.width * sharpness;
  canvas.height = scene.height * sharpness;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.scale(sharpness, sharpness);
  context.fillStyle = scene.paper;
  context.fillRect(0, 0, scene.width, scene.height);
  for (const { from, to, width, colour } of scene.lines) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }
  for (const { at, radius, colour } of scene.circles) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(...at, radius, 0, Math.PI * 2);
    context.fill();
  }
  context.fillStyle = scene.ink;
  context.font = '12px system-ui, sans-serif';
  for (const { at, text } of scene.labels) context.fillText(text, ...at);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
