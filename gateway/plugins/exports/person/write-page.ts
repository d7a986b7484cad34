import { escapeHtml as escape } from '../../../server/escape-html.js';
import { columns, inLanguage } from './column-words.js';
import type { PersonFile } from './person-file.js';
import { leftOut, tables, texts, type Language } from './words.js';

type Part = PersonFile['parts'][number]['content'];

const style = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 0.1rem 1rem; margin: 0 0 1rem; padding: 0.5rem 0; border-bottom: 1px solid #8888; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
table { width: 100%; border-collapse: collapse; } th, td { padding: 0.2rem 0.5rem 0.2rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.note { padding: 0.5rem 1rem; border: 2px solid; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.4rem; } thead { display: none; } table, tbody, tr, td { display: block; } tr { padding: 0.4rem 0; border-bottom: 1px solid #8888; } td { padding: 0; } }
@media print { body { max-width: none; margin: 0; } section + section { break-before: page; } dl, tr { break-inside: avoid; } }`;

const minute = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

/** Writes a file as a page without scripts, to read and to print. */
export function writePersonPage(file: PersonFile, language: Language): string {
  const t = (key: keyof typeof texts, values: Readonly<Record<string, string>> = {}): string =>
    escape(
      inLanguage(texts[key], language).replaceAll(
        /\{(\w+)\}/g,
        (_, name: string) => values[name] ?? '',
      ),
    );
  const nameOf = (words: typeof columns, name: string): string => {
    const row = words[name];
    return escape(row ? inLanguage(row, language) : name);
  };
  const valueOf = (value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'string') return escape(value);
    return escape(Array.isArray(value) ? value.join(', ') : JSON.stringify(value));
  };
  const writeRow = ({ columns: values }: Part['rows'][number]): string => {
    const shown = Object.entries(values).filter(
      ([name, value]) => !leftOut.has(name) && value !== null && value !== '',
    );
    const facts = shown.map(
      ([name, value]) => `<dt>${nameOf(columns, name)}</dt><dd>${valueOf(value)}</dd>`,
    );
    return `<dl>${facts.join('')}</dl>`;
  };
  const writeTable = (table: string, rows: Part['rows']): string =>
    `<h3>${nameOf(tables, table)}</h3>${rows.map(writeRow).join('\n')}`;
  const writeReading = (one: Part['readings'][number]): string => {
    const why = [one.purpose, one.purposeNote].filter(Boolean).join('; ');
    const what = `${one.type}: ${one.fields.join(', ')}${one.wasRefused ? ` (${inLanguage(texts.refused, language)})` : ''}`;
    const cells = [minute(one.at), `${one.organisation}, ${one.role}`, why, what];
    return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;
  };
  const writeReadings = ({ readings, hasMoreReadings, readingsToldSince }: Part): string => {
    const head = (['when', 'who', 'why', 'what'] as const).map((key) => `<th>${t(key)}</th>`);
    const list = `<table><thead><tr>${head.join('')}</tr></thead><tbody>${readings.map(writeReading).join('\n')}</tbody></table>`;
    return [
      `<h3>${t('readings')}</h3>`,
      readings.length > 0 ? list : `<p>${t('nothing')}</p>`,
      hasMoreReadings ? `<p>${t('more')}</p>` : '',
      readingsToldSince === null
        ? ''
        : `<p>${t('toldSince', { day: readingsToldSince.slice(0, 10) })}</p>`,
    ].join('\n');
  };
  const writePart = ({ issuer, content }: PersonFile['parts'][number]): string => {
    const names = [...new Set(content.rows.map(({ table }) => table))];
    const written = names.map((name) =>
      writeTable(
        name,
        content.rows.filter(({ table }) => table === name),
      ),
    );
    return [
      `<section><h2>${t('holds', { owner: issuer })}</h2>`,
      `<p>${t('signed', { owner: issuer })} ${escape(minute(content.at))} UTC</p>`,
      ...(written.length > 0 ? written : [`<p>${t('nothing')}</p>`]),
      writeReadings(content),
      '</section>',
    ].join('\n');
  };
  const missing =
    file.missing.length > 0
      ? `<p class="note">${t('missing', { owners: file.missing.join(', ') })}</p>`
      : '';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t('title')}</title><style>${style}</style></head>
<body><h1>${t('title')}</h1>
<p>${t('person')}: ${escape(file.person)}<br>${t('madeAt')}: ${escape(minute(file.at))} UTC</p>
${missing}
${file.parts.map(writePart).join('\n')}
</body></html>
`;
}
