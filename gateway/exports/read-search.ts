import { HubError } from '@hub/shared/errors';

/** One parameter of an address, decoded. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new HubError('BAD_USER_INPUT', {
      message: 'The query string has to be percent-encoded UTF-8.',
    });
  }
}

/**
 * Reads the parameters of an address, in their order. `URLSearchParams` would put U+FFFD for what is not UTF-8.
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

/** How an export is wanted, apart from what the graph is asked. */
export interface ExportChoices {
  /** Dotted paths. @default chosen by the type */
  readonly columns?: string;
  /** Whether an export that is not whole is wanted all the same. */
  readonly isPartial: boolean;
  /** Whether the file begins with a byte order mark. */
  readonly hasBom: boolean;
  /** What the graph is asked with. */
  readonly parameters: readonly Parameter[];
}

const choices = ['columns', 'partial', 'bom'] as const;

function readFlag(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new HubError('BAD_USER_INPUT', {
    argument: name,
    message: `\`${name}\` is true or false.`,
  });
}

/**
 * Tells an export’s own parameters from the arguments.
 * @throws HubError `BAD_USER_INPUT`
 */
export function readChoices(url: string): ExportChoices {
  const all = readSearch(url);
  const own = (name: (typeof choices)[number]): string | undefined => {
    const given = all.filter((parameter) => parameter.name === name);
    if (given.length < 2) return given[0]?.value;
    throw new HubError('BAD_USER_INPUT', {
      argument: name,
      message: `\`${name}\` is given twice.`,
    });
  };
  return {
    columns: own('columns'),
    isPartial: readFlag('partial', own('partial')),
    hasBom: readFlag('bom', own('bom')),
    parameters: all.filter(({ name }) => !choices.some((choice) => choice === name)),
  };
}
