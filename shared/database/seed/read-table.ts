import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/**
 * An invalid value in a data file. The message names file, row (the header is row 1) and column.
 */
export class TableError extends Error {
  override readonly name = 'TableError';

  constructor(
    readonly file: string,
    readonly faults: readonly {
      readonly row: number;
      readonly column: string;
      readonly fault: string;
    }[],
  ) {
    super(
      faults
        .map(({ row, column, fault }) => `${file}, row ${row}, column ${column}: ${fault}`)
        .join('\n'),
    );
  }
}

/**
 * Reads a CSV file whose columns are exactly the keys of the schema. All errors are reported at
 * once.
 * @throws {@link TableError}
 */
export function readTable<Shape extends z.ZodRawShape>(
  file: URL,
  row: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>>[] {
  const name = basename(fileURLToPath(file));
  const [header, ...records] = parse(readFileSync(file), {
    bom: true,
    relax_column_count: true,
  }) as string[][];
  const columns = Object.keys(row.shape);
  const misnamed = columns.find((column, index) => header?.[index] !== column);
  if (misnamed || header?.length !== columns.length) {
    throw new TableError(name, [
      { row: 1, column: misnamed ?? '?', fault: `the columns are not ${columns.join(', ')}` },
    ]);
  }
  const faults: { row: number; column: string; fault: string }[] = [];
  const rows = records.flatMap((record, index) => {
    const number = index + 2;
    if (record.length !== columns.length) {
      faults.push({
        row: number,
        column: '?',
        fault: `${record.length} values for ${columns.length} columns`,
      });
      return [];
    }
    const result = row.safeParse(
      Object.fromEntries(columns.map((column, at) => [column, record[at]])),
    );
    if (result.success) return [result.data];
    for (const { path, message } of result.error.issues) {
      faults.push({ row: number, column: String(path[0]), fault: message });
    }
    return [];
  });
  if (faults.length > 0) throw new TableError(name, faults);
  return rows;
}

/**
 * The error of one value in the row with this index, for rules that no single column can express.
 */
export function faultIn(file: string, index: number, column: string, fault: string): TableError {
  return new TableError(file, [{ row: index + 2, column, fault }]);
}

/**
 * Checks a rule that a column alone cannot express, in all rows of a file.
 * @param faultOf what is wrong with a value; null if nothing is
 * @throws {@link TableError}
 */
export function checkRows<Row, Column extends string & keyof Row>(
  file: string,
  rows: readonly Row[],
  column: Column,
  faultOf: (value: Row[Column], row: Row) => string | null,
): void {
  const faults = rows.flatMap((row, index) => {
    const fault = faultOf(row[column], row);
    return fault === null ? [] : [{ row: index + 2, column, fault }];
  });
  if (faults.length > 0) throw new TableError(file, faults);
}

/** A text column. Empty is null. */
export const optionalText = z.string().transform((text) => (text === '' ? null : text));

/** A text column that must not be empty. */
export const text = z.string().min(1, 'is empty');

/** A column of texts separated by semicolons. Empty is an empty list. */
export const textList = z.string().transform((list) =>
  list
    .split(';')
    .map((item) => item.trim())
    .filter(Boolean),
);

/**
 * A column with an enum value in any case: `seminar_part` is `SEMINAR_PART`.
 * @param words other words that the file has for a value
 */
export function enumColumn<const Value extends string>(
  values: readonly Value[],
  words: Readonly<Record<string, NoInfer<Value>>> = {},
) {
  return z.string().transform((value, context): Value => {
    const name = words[value] ?? (value.toUpperCase() as Value);
    if (values.includes(name)) return name;
    context.addIssue({ code: 'custom', message: `“${value}” is none of ${values.join(', ')}` });
    return z.NEVER;
  });
}

/** A date column with reduced precision: 2009, 2009-09 or 2009-09-13. Empty is null. */
export const partialDate = z
  .string()
  .regex(/^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$/, 'is not a date')
  .transform((date) => (date === '' ? null : date));

/** A column of whole numbers. Empty is null. */
export const optionalInteger = z
  .string()
  .regex(/^\d*$/, 'is not a number')
  .transform((number) => (number === '' ? null : Number(number)));

/** A column of country codes. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'is not a country code');

/** A column of addresses on the web. */
export const address = z.url({ protocol: /^https?$/, error: 'is not an http address' });

/** A column of addresses on the web. Empty is null. */
export const optionalAddress = z
  .string()
  .refine((url) => url === '' || address.safeParse(url).success, 'is not an http address')
  .transform((url) => (url === '' ? null : url));

/** A column of the words `true` and `false`. */
export const trueOrFalse = z.enum(['true', 'false']).transform((word) => word === 'true');

/** A row of `claims.csv`: what a source states of one property of a record, its subject. */
export const claimRow = z.object({
  subject: text,
  property: text,
  value: text,
  source_url: optionalAddress,
  preferred: trueOrFalse,
  note: optionalText,
});

/**
 * The global id of a local one: the owner’s code, a colon, and the local id without the owner’s
 * code and hyphen.
 * @example toGlobalId('ncm', 'ncm-led') // 'ncm:led'
 */
export function toGlobalId(owner: string, localId: string): string {
  const prefix = `${owner}-`;
  return `${owner}:${localId.startsWith(prefix) ? localId.slice(prefix.length) : localId}`;
}
