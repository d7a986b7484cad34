import { HubError, refuseInput } from '@hub/shared/errors';

/** One decoded parameter of a URL. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new HubError('BAD_USER_INPUT', {
      message: 'The query string must be percent-encoded UTF-8.',
    });
  }
}

/**
 * Parses the parameters of a URL, in their order. `URLSearchParams` would replace invalid UTF-8 by
 * U+FFFD.
 * @throws HubError `BAD_USER_INPUT`
 */
export function readSearch(url: string): Parameter[] {
  const start = url.indexOf('?');
  if (start === -1) return [];
  const pairs = url.slice(start + 1).split('&');
  return pairs
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name: decode(name), value: decode(value.join('=')) };
    });
}

/** An export’s own parameters. */
export interface ExportChoices {
  /** Dotted paths. @default the default columns of the type */
  readonly columns?: string;
  /** The path to a list below each row, whose items are the rows. @default the list’s own rows */
  readonly rows?: string;
  /** Whether an incomplete export is accepted. */
  readonly isPartial: boolean;
  /** Whether the file begins with a byte order mark. */
  readonly hasBom: boolean;
  /** The arguments for the graph. */
  readonly parameters: readonly Parameter[];
}

const choices = ['columns', 'rows', 'partial', 'bom'] as const;

function readFlag(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  refuseInput(name, `\`${name}\` must be true or false.`);
}

/**
 * Separates an export’s own parameters from the arguments.
 * @throws HubError `BAD_USER_INPUT`
 */
export function readChoices(url: string): ExportChoices {
  const all = readSearch(url);
  const own = (name: (typeof choices)[number]): string | undefined => {
    const given = all.filter((parameter) => parameter.name === name);
    if (given.length < 2) return given[0]?.value;
    refuseInput(name, `\`${name}\` must be given once.`);
  };
  return {
    columns: own('columns'),
    rows: own('rows'),
    isPartial: readFlag('partial', own('partial')),
    hasBom: readFlag('bom', own('bom')),
    parameters: all.filter(({ name }) => !choices.some((choice) => choice === name)),
  };
}
