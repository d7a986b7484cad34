export { findUndescribed } from './find-undescribed.js';
export { listElements, type SchemaElement } from './list-elements.js';
export { printReference } from './print-reference.js';
