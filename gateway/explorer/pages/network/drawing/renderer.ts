/** Whether this browser draws by WebGL, with a graphics card or with the processor in its place. */
export const hasWebgl = ((): boolean => {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
})();

/** Whether a worker can paint a canvas of the page. */
export const canPaint = 'transferControlToOffscreen' in HTMLCanvasElement.prototype;
