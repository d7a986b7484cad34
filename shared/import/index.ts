export { madeForRehearsals } from './check-rehearsals.js';
export * as cell from './column.js';
export { imports } from './imports.js';
export { defineKind, type ImportKind } from './kind.js';
