/** One worker’s part of the total. Connections are dealt to the workers in turn. */
export const shareOf = (total: number, { workers }: { readonly workers: number }): number =>
  Math.ceil(total / workers);
