export { createEnum } from './create-enum.js';
export { doOverlap, firstDayOf, isWithin, lastDayOf, type Span } from './dates.js';
export * from './scalars.js';
export { longest, longestArgument, longestScalar } from './text-lengths.js';
