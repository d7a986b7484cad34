export { readersIn } from './access-page.js';
export * as codes from './codes.js';
export { askWithLater, isMissing, limitAskHub, type AskHub } from './context/ask-hub.js';
export type { PartnerContext } from './context/partner-context.js';
export { createDecisionReader, createFactReader, shortMemoryMs, type ReadFact } from './facts.js';
export { herself, joinLevels, recordedLevels, type Levels, type OwnLevels } from './levels.js';
export { readMaxAge } from './max-age.js';
export * as readers from './readers.js';
