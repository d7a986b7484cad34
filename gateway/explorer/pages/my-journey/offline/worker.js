// Served as `/my-journey-worker.js`, after two lines of the build: its `files`, and the digest `build`.
// It serves these files and the page, and nothing else: all that is restricted goes to the network.
/* global build, files */
const page = '/my-journey';
const listed = [page, ...files];
// Each build has a cache of its own, so that an open tab keeps the files it was opened with.
const cacheName = `my-journey ${build}`;

addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(listed)));
});

addEventListener('activate', (event) => {
  const removeOthers = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('my-journey ') && name !== cacheName) await caches.delete(name);
  };
  event.waitUntil(removeOthers());
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isPage = request.mode === 'navigate' && `${pathname}/`.startsWith(`${page}/`);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (!isPage && !files.includes(pathname)) return;
  const serve = async () => {
    const cache = await caches.open(cacheName);
    return (await cache.match(isPage ? page : pathname, { ignoreVary: true })) ?? fetch(request);
  };
  event.respondWith(serve());
});
