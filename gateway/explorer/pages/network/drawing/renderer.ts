/** What draws: a graphics card, the processor in its place, or nothing. */
type Renderer = 'card' | 'software' | 'none';

function findRenderer(): Renderer {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  if (!context) return 'none';
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name) ? 'software' : 'card';
}

/** Browsers without a graphics card draw a large network so slowly that the page stops meanwhile. */
export const renderer = findRenderer();
