/**
 * An error in a file. It names the place and the rule, never the value, which may be about a
 * person: errors are printed, and often passed on.
 */
export interface Fault {
  /** As in a spreadsheet: the header is row 1. */
  readonly row?: number;
  /** A column of the kind, or a letter for an unknown column. */
  readonly column?: string;
  readonly fault: string;
}

/** An error after which the file cannot be read any further. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(
    readonly fault: string,
    readonly row?: number,
  ) {
    super(describeFault({ fault, row }));
  }
}

/** `row 17, column email: is empty` */
export function describeFault({ row, column, fault }: Fault): string {
  const place = [
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ];
  return place.length > 0 ? `${place.join(', ')}: ${fault}` : fault;
}
