import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pagePaths } from '../../gateway/plugins/pages/open-pages.js';

const app = readFileSync(new URL('../../gateway/explorer/frame/app.tsx', import.meta.url), 'utf8');
const routes = [...app.matchAll(/<Route path="([^"]+)"/g)].map(([, path = '']) => path);

/** Whether a path of the hub, with `*` at its end or not, has this route. */
const covers = (served: string, route: string): boolean =>
  served.endsWith('/*') ? route.startsWith(served.slice(0, -1)) : route === served;

describe('the paths of the pages', () => {
  it('are all served by the hub', () => {
    expect(routes.length).toBeGreaterThan(5);
    const missing = routes.filter((route) => !pagePaths.some((served) => covers(served, route)));
    expect(missing).toEqual([]);
  });

  it('have a page each', () => {
    expect(pagePaths.filter((served) => !routes.some((route) => covers(served, route)))).toEqual(
      [],
    );
  });
});
