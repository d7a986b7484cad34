export { madeForRehearsals } from './check-rehearsals.js';
export * as cell from './column.js';
export { describeFault } from './fault.js';
export { importFile } from './import-file.js';
export { defineKind, type ImportKind } from './kind.js';
export { imports } from './run-import.js';
