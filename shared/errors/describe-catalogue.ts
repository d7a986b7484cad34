import { catalogue, type CatalogueEntry } from './catalogue.js';
import { programmeRules } from './rules.js';

const cell = (text: string | number) => String(text).replaceAll('|', '\\|');

const row = (code: string, { status, when, howToFix, message, since }: CatalogueEntry) =>
  `| ${[`\`${code}\``, status, when, howToFix, message, since].map(cell).join(' | ')} |`;

/** Prints the catalogue and the programme’s rules as a README, in their own order. */
export function describeCatalogue(): string {
  const rows = Object.entries(catalogue).map(([code, entry]) => row(code, entry));
  const rules = Object.entries(programmeRules).map(
    ([rule, text]) => `| \`${rule}\` | ${cell(text)} |`,
  );
  return `# errors: what can go wrong, and what to do about it

Generated from \`catalogue.ts\` and \`rules.ts\` by \`npm run docs:emit\`: change it there.

Every error that leaves the hub or a partner has \`extensions.code\`, one of these. Decide by the code and never by the
text. The status is that of a request that is refused as a whole; inside an answer an error leaves the status alone.
What is not listed is masked as \`INTERNAL_SERVER_ERROR\`, with \`extensions.requestId\`. Errors that begin with \`PARTNER_\`
have \`extensions.partner\` and stand at the place that the partner leaves short.

| code | status | when | what to do | message | since |
|---|---|---|---|---|---|
${rows.join('\n')}

## The programme's rules
\`RULE_VIOLATED\` names one of these in \`extensions.rule\`, and the argument at fault in \`extensions.argument\` where there is one.

| rule | what it says |
|---|---|
${rules.join('\n')}

## In the code
\`throw new HubError('BAD_USER_INPUT', { argument: 'first' })\` for what the caller can act on; return \`null\` for "no such
thing"; \`violateRule('DIRECTION', 'input.group')\` for a rule; let everything else be masked. A new code is one entry of the catalogue, and a test that raises it.
`;
}
