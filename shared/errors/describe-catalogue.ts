import { catalogue, type CatalogueEntry } from './catalogue.js';
import { programmeRules, ruleSituations } from './rules.js';

const cell = (text: string | number) => String(text).replaceAll('|', '\\|');

const row = (code: string, { status, when, howToFix, message, since }: CatalogueEntry) =>
  `| ${[`\`${code}\``, status, when, howToFix, message, since].map(cell).join(' | ')} |`;

/** Prints the catalogue and the programme’s rules as a page, in their own order. */
export function describeCatalogue(): string {
  const rows = Object.entries(catalogue).map(([code, entry]) => row(code, entry));
  const rules = Object.entries(programmeRules).map(
    ([rule, text]) => `| \`${rule}\` | ${cell(text)} |`,
  );
  const situations = Object.entries(ruleSituations).flatMap(([rule, texts]) =>
    Object.entries(texts).map(
      ([situation, text]) => `| \`${rule}\` | \`${situation}\` | ${cell(text)} |`,
    ),
  );
  return `# Error codes

Generated from \`catalogue.ts\` and \`rules.ts\` by \`npm run docs:emit\`: change it there.

- Decide by \`extensions.code\`, never by the text. The status applies if the whole request is refused.
- All errors without a code of this page are masked as \`INTERNAL_SERVER_ERROR\`, with \`extensions.requestId\`.
- \`PARTNER_…\` errors have \`extensions.partner\`. Their path is the place where that partner's data is missing.
- In the code: \`throw new HubError('BAD_USER_INPUT', { argument: 'first' })\`, \`violateRule('DIRECTION', 'input.group')\`,
  or \`return null\` if there is no such record. A new code needs a test that raises it.

| code | status | when | what to do | message | since |
|---|---|---|---|---|---|
${rows.join('\n')}

## The programme's rules
\`RULE_VIOLATED\` has one of these in \`extensions.rule\`, and the invalid argument, if any, in \`extensions.argument\`.

| rule | what it says |
|---|---|
${rules.join('\n')}

A rule that says several things has one of these in \`extensions.situation\` too, and the message is its sentence.

| rule | situation | what it says |
|---|---|---|
${situations.join('\n')}
`;
}
