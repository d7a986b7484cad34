import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSandboxPage } from './page.js';

const page = createSandboxPage({
  title: 'Hub <of> tests',
  startingDocument: '{ office(id: "ncm:led") { name } } # </textarea><script>alert(1)</script>',
  links: [{ label: 'More & more', href: 'https://example.org/?a=1&b="2"' }],
});

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const textsOf = (element: string) =>
  [...page.html.matchAll(new RegExp(`<${element}>([^]*?)</${element}>`, 'g'))].map(
    (match) => match[1] ?? '',
  );

describe('createSandboxPage', () => {
  it('shows the starting document without running it', () => {
    expect(page.html).toContain('{ office(id: &quot;ncm:led&quot;) { name } }');
    expect(textsOf('script')).toHaveLength(1);
  });

  it('escapes titles and links', () => {
    expect(page.html).toContain('<title>Hub &lt;of&gt; tests</title>');
    expect(page.html).toContain('href="https://example.org/?a=1&amp;b=&quot;2&quot;"');
  });

  it('allows by its policy its own script and style, Apollo’s script and frame, and nothing else', () => {
    const directives = page.contentSecurityPolicy.split('; ');
    expect(directives).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(textsOf('script')[0] ?? '')} https://embeddable-sandbox.cdn.apollographql.com`,
      `style-src ${hashOf(textsOf('style')[0] ?? '')}`,
      'frame-src https://sandbox.embed.apollographql.com',
      "connect-src 'self'",
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(page.html).not.toMatch(/ style=| on[a-z]+=/);
  });
});
