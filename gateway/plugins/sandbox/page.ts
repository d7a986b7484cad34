import { type Page } from '@hub/shared/server';
import { createHash } from 'node:crypto';
import { escapeHtml as escape } from '../../server/escape-html.js';

export interface SandboxOptions {
  /** The name of the graph. */
  readonly title: string;
  /** The operation that the page opens with. */
  readonly startingDocument: string;
  /** More links for newcomers. */
  readonly links?: readonly { readonly label: string; readonly href: string }[];
}

const sandboxScriptOrigin = 'https://embeddable-sandbox.cdn.apollographql.com';
const sandboxFrameOrigin = 'https://sandbox.embed.apollographql.com';

/**
 * Loads Apollo Sandbox over the plain page. The plain page stays if Apollo’s servers cannot be
 * reached.
 */
const script = `
const sandbox = document.createElement('script');
sandbox.src = '${sandboxScriptOrigin}/v2/embeddable-sandbox.umd.production.min.js';
sandbox.onerror = () => document.body.classList.add('offline');
sandbox.onload = () => {
  document.body.classList.add('sandbox');
  new window.EmbeddedSandbox({
    target: '#sandbox',
    initialEndpoint: location.origin + location.pathname,
    endpointIsEditable: false,
    initialState: {
      document: document.querySelector('textarea').value,
      includeCookies: false,
      pollForSchemaUpdates: false,
    },
    allowDynamicStyles: false,
    runTelemetry: false,
  });
};
document.head.append(sandbox);
`;

/** The plain page appears after a second, so that it does not flash before the sandbox. */
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem; opacity: 0; animation: show 0.2s 1s forwards; }
.offline main { animation-delay: 0s; }
.sandbox main { display: none; }
@keyframes show { to { opacity: 1; } }
#sandbox { display: none; }
.sandbox #sandbox { display: block; position: fixed; inset: 0; }
iframe { width: 100%; height: 100%; border: 0; }
h1 { margin: 0 0 0.5rem; font-size: 1.75rem; line-height: 1.2; }
label { display: block; margin: 1.5rem 0 0.5rem; font-weight: 600; }
textarea { box-sizing: border-box; width: 100%; padding: 0.75rem; border: 1px solid #8888; border-radius: 6px; font: 0.9rem/1.5 ui-monospace, monospace; tab-size: 2; resize: vertical; }
button { margin: 0.75rem 0; padding: 0.5rem 1.25rem; border: 0; border-radius: 6px; background: #15559a; color: #fff; font: inherit; cursor: pointer; }
button:focus-visible, textarea:focus-visible, a:focus-visible { outline: 3px solid #5aa2ee; outline-offset: 2px; }
ul { padding-left: 1.25rem; }
code { font-family: ui-monospace, monospace; }
`;

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Allows the two texts above by their hashes, Apollo’s script and frame, and requests to the hub
 * itself.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src ${hashOf(script)} ${sandboxScriptOrigin}`,
  `style-src ${hashOf(style)}`,
  `frame-src ${sandboxFrameOrigin}`,
  "connect-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Makes the page for browsers at the URL of the graph: Apollo Sandbox with an example document. If
 * Apollo’s servers cannot be reached, the same document is in a form that sends it to the hub.
 */
export function createSandboxPage({ title, startingDocument, links = [] }: SandboxOptions): Page {
  const text = startingDocument.trim();
  const items = [...links, { label: 'Is the hub ready?', href: '/health/ready' }].map(
    ({ label, href }) => `<li><a href="${escape(href)}">${escape(label)}</a></li>`,
  );
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="sandbox"></div>
<main>
<h1>${escape(title)}</h1>
<p>This address answers GraphQL. The explorer, Apollo Sandbox, comes from its maker’s servers, which cannot be reached
from here at present. The graph itself needs none of them: ask it below, or with any GraphQL client.</p>
<form method="get">
<label for="query">A first question</label>
<textarea id="query" name="query" rows="${text.split('\n').length + 1}" spellcheck="false">
${escape(text)}</textarea>
<button type="submit">Ask</button>
</form>
<p>By <code>POST</code>, the same goes to this address as <code>{"query": "…"}</code> with
<code>Content-Type: application/json</code>.</p>
<ul>
${items.join('\n')}
</ul>
</main>
<script>${script}</script>
</body>
</html>
`;
  return { html, contentSecurityPolicy };
}
