import { escapeHtml } from './escape-html.js';
// cspell:ignore Avalehele Dette Logige Seda avage avalehel derfra ikke näidata sealt sisse startsiden vises Войдите начальной начальную нельзя откройте оттуда показать странице страницу
import { type createHttpServer } from '@hub/shared/server';

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

/** What the page says in each language of the hub’s own pages. */
const words = {
  en: {
    title: 'This cannot be shown',
    signIn: 'Sign in on the start page, and open it from there.',
    start: 'To the start page',
  },
  ru: {
    title: 'Это нельзя показать',
    signIn: 'Войдите на начальной странице и откройте оттуда.',
    start: 'На начальную страницу',
  },
  da: {
    title: 'Dette kan ikke vises',
    signIn: 'Log ind på startsiden, og åbn det derfra.',
    start: 'Til startsiden',
  },
  et: {
    title: 'Seda ei saa näidata',
    signIn: 'Logige avalehel sisse ja avage see sealt.',
    start: 'Avalehele',
  },
} as const;

type Language = keyof typeof words;

/** The first language of a browser that the pages have. */
function chooseLanguage(accepted = ''): Language {
  const wanted = accepted.split(',').map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return wanted.find((code): code is Language => Object.hasOwn(words, code)) ?? 'en';
}

interface Refusal {
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

function printPage(
  { errors: [error] = [] }: Refusal,
  language: Language,
  hasPages: boolean,
): string {
  const { title, signIn, start } = words[language];
  const code = error?.extensions?.code ?? '';
  const isForPeople = code === 'UNAUTHENTICATED' || code === 'FORBIDDEN';
  const wayOut = hasPages
    ? `${isForPeople ? `<p>${signIn}</p>` : ''}<p><a href="/">${start}</a></p>`
    : '';
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body><main><h1>${title}</h1><p lang="en">${escapeHtml(error?.message ?? '')} <code>${escapeHtml(code)}</code></p>${wayOut}</main></body></html>`;
}

/** Browsers name HTML first. Programs do not, and get JSON. */
export const isBrowser = (accept = ''): boolean => /^\s*text\/html\b/i.test(accept);

/**
 * A browser that opens a file or a path that it cannot have gets a page with the reason and a way to
 * sign in.
 * @param hasPages whether the hub serves its own pages, where people sign in
 */
export function useRefusalPages(http: HttpServer, hasPages: boolean): void {
  http.addHook<string>('onSend', (request, reply, payload, done) => {
    const { method, headers, is404, routeOptions } = request;
    const isOpened = is404 || (routeOptions.url?.startsWith('/export/') ?? false);
    const isRefused = reply.statusCode >= 400 && typeof payload === 'string';
    if (method !== 'GET' || !isOpened || !isRefused || !isBrowser(headers.accept))
      return done(null, payload);
    reply.type('text/html; charset=utf-8');
    reply.headers({
      'content-security-policy': "default-src 'none'",
      'referrer-policy': 'no-referrer',
    });
    reply.removeHeader('content-length');
    const refusal = JSON.parse(payload) as Refusal;
    done(null, printPage(refusal, chooseLanguage(headers['accept-language']), hasPages));
  });
}
