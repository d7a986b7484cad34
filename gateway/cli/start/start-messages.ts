import { readFirstQuery } from '../../registry/first-query.js';

/** The message while the partners start. */
export function describeStart(partners: number, factsOnly: boolean): string {
  const content = factsOnly ? 'the facts' : 'the facts and the invented demonstration';
  return `Starting ${partners} partners with ${content}. The first start also creates their databases.`;
}

/** The message when everything is ready: URLs, and an example query. */
export function describeStarted(url: string, absent: readonly string[], pid = process.pid): string {
  const graph = url.replace('//127.0.0.1:', '//localhost:');
  const pages = new URL('/', graph).href;
  const health = new URL('/health/ready', graph).href;
  const away =
    absent.length === 0
      ? ''
      : `\nNot available: ${absent.join(', ')}. Their data is missing, not unknown.\n`;
  return `
The network is running.

  ${pages}   the pages of the hub in a browser
  ${graph}   Apollo Sandbox in a browser, GraphQL for programs
  ${health}   whether the hub is ready
${away}
Try this query:

${readFirstQuery().replaceAll(/^/gm, '  ')}

Press Ctrl-C to stop. \`kill -HUP ${pid}\` reloads the hub.
`;
}
