export { madeForRehearsals } from './check-rehearsals.js';
export * as cell from './column.js';
export { defineKind, type ImportKind } from './kind.js';
export { imports } from './run-import.js';
