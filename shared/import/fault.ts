/**
 * What does not fit in a file. It names the place and the rule, never the value, which may be about a person: it is
 * printed, and often sent on.
 */
export interface Fault {
  /** As a spreadsheet counts rows: the header is row 1. */
  readonly row?: number;
  /** A column of the kind, or its letter where it is none. */
  readonly column?: string;
  readonly fault: string;
}

/** A fault after which no more of a file can be read. */
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
