import type { FormattedExecutionResult } from 'graphql';

/** Data that is JSON already. */
export class WrittenData {
  constructor(
    /** UTF-8, with one character for each byte. */
    readonly text: string,
  ) {}

  /** A text in this form. */
  static encode(text: string): string {
    return Buffer.from(text).toString('latin1');
  }
}

/** A result as JSON in UTF-8, as `JSON.stringify` writes it. */
export function writeResult(result: FormattedExecutionResult): string | Buffer {
  const { data } = result as { readonly data?: unknown };
  if (!(data instanceof WrittenData)) return JSON.stringify(result);
  const members = Object.entries(result).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = value === data ? data.text : WrittenData.encode(JSON.stringify(value));
    return `"${name}":${text}`;
  });
  return Buffer.from(`{${members.join(',')}}`, 'latin1');
}
