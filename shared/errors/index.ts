export { catalogue, isErrorCode, isWithheld, usedKeyMessage, type ErrorCode } from './catalogue.js';
export { HubError, refuseInput } from './hub-error.js';
export { Refusal } from './refusal.js';
export { isProgrammeRule, requireMembers, sentenceOfRule, violateRule } from './rules.js';
