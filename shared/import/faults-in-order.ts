import type { Fault } from './fault.js';

/** Collects errors until some rows are complete, and then reports them by row and column. */
export class FaultsInOrder {
  private found: Fault[] = [];

  constructor(
    private readonly columns: readonly string[],
    private readonly report: (fault: Fault) => void,
  ) {}

  readonly add = (fault: Fault): void => {
    this.found.push(fault);
  };

  flush(): void {
    const columnIndexOf = ({ column = '' }: Fault): number => {
      const index = this.columns.indexOf(column);
      return index < 0 ? this.columns.length : index;
    };
    const sorted = this.found.sort(
      (a, b) => (a.row ?? 0) - (b.row ?? 0) || columnIndexOf(a) - columnIndexOf(b),
    );
    this.found = [];
    for (const fault of sorted) this.report(fault);
  }
}
