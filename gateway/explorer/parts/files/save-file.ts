/** A name for a file about a record. */
export const fileNameOf = (id: string): string => id.replaceAll(/\W+/g, '-');

/** Offers a file to the reader, as if it were a link to download. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Offers a text as a file. */
export const saveText = (name: string, type: string, text: string): void =>
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));

/** The style sheets as they hold on paper, whatever the file is read on. */
const writePaperStyle = (): string =>
  [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .flatMap((rule) =>
      rule instanceof CSSMediaRule && rule.media.mediaText === 'print' ? [...rule.cssRules] : rule,
    )
    .map(({ cssText }) => cssText)
    .join('\n');

const unprinted = 'button, dialog, form, .way-up, .files, .calendar-links, .same-source';

/** Saves the article around an element as it prints: a page that runs and loads nothing. */
export function savePrintView(name: string, within: Element): void {
  const main = document.createElement('main');
  main.append(within.closest('article')?.cloneNode(true) ?? '');
  for (const part of main.querySelectorAll(unprinted)) part.remove();
  for (const link of main.querySelectorAll('[href]')) link.removeAttribute('href');
  const title = document.createElement('title');
  title.textContent = document.title;
  saveText(
    name,
    'text/html',
    `<!doctype html>
<html lang="${document.documentElement.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
${title.outerHTML}
<style>
${writePaperStyle()}
</style>
</head>
<body>
${main.outerHTML}
</body>
</html>
`,
  );
}
