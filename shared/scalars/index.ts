export { checkRange } from './check-range.js';
export { createEnum } from './create-enum.js';
export { cutText } from './cut-text.js';
export {
  addDays,
  doOverlap,
  firstDayOf,
  isEarlier,
  isWithin,
  lastBegunDay,
  lastDayOf,
  type Span,
} from './dates.js';
export { markFormulas, unmarkFormulas } from './formula-marks.js';
export { lastPaperworkDay, lastReturnDay } from './late-dates.js';
export { isLine, longest, longestArgument, longestScalar } from './longest-inputs.js';
export * from './scalars.js';
export { formOfScalar, isOneLine, oneLineRule } from './text-forms.js';
