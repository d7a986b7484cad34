export { findSame, samePerson, toSameText, type Sameness } from './find-same.js';
export { containsText, toSearchText } from './search.js';
