/** All generated cases run where this is set, as in `npm run test:long`. `npm test` has a fixed sample of them. */
const isWhole = process.env['TEST_SAMPLES'] === 'all';

/** Every so many of the cases, from the first on. */
export const sampleOf = <Case>(every: number, cases: readonly Case[]): readonly Case[] =>
  isWhole ? cases : cases.filter((_, index) => index % every === 0);

/** One in so many draws. */
export const sampleSize = (every: number, count: number): number =>
  isWhole ? count : Math.ceil(count / every);
