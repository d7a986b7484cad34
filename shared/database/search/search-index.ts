/** An index of the trigrams of a searched column. */
export interface SearchIndex {
  readonly name: string;
  readonly table: string;
  readonly column: string;
}
