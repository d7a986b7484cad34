export {
  catalogue,
  isErrorCode,
  usedKeyMessage,
  type CatalogueEntry,
  type ErrorCode,
} from './catalogue.js';
export { HubError, type HubErrorDetails } from './hub-error.js';
export { Refusal, RefusedBatch } from './refusal.js';
export {
  isProgrammeRule,
  programmeRules,
  ruleSituations,
  sentenceOfRule,
  violateRule,
  type ProgrammeRule,
} from './rules.js';
export { withoutStack } from './without-stack.js';
