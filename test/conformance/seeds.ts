/** What `npm test` draws with, so that it finds today what it found yesterday. */
export const fixedSeeds = [20090913, 20150311];

/** What the long tests draw with. A seed is in the name of its test: to see a failure again, put it in the place of these. */
export const drawSeeds = (count: number): number[] =>
  Array.from({ length: count }, () => Math.floor(Math.random() * 2 ** 31));
