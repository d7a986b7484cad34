import { readFirstQuery } from '../registry/first-query.js';

/** What is said while the partners start. */
export function describeStart(partners: number, factsOnly: boolean): string {
  const content = factsOnly ? 'the facts' : 'the facts and the invented demonstration';
  return `Starting ${partners} partners with ${content}; the first time, their databases are made.`;
}

/** What is said when all is ready: where to look, and what to ask. */
export function describeStarted(url: string, absent: readonly string[], pid = process.pid): string {
  const graph = url.replace('//127.0.0.1:', '//localhost:');
  const health = new URL('/health/ready', graph).href;
  const away = absent.length === 0 ? '' : `\nAway, not unknown: ${absent.join(', ')}\n`;
  return `
The network answers.

  ${graph}   Apollo Sandbox in a browser, GraphQL for programs
  ${health}   whether the hub is ready
${away}
Ask this, for instance:

${readFirstQuery().replaceAll(/^/gm, '  ')}

Ctrl-C ends it. \`kill -HUP ${pid}\` reloads the hub.
`;
}
