export { madeForRehearsals } from './check-rehearsals.js';
export {
  CellError,
  codeReference,
  count,
  enumValue,
  idOf,
  listOf,
  optional,
  partialDate,
  prose,
  reference,
  scalar,
  sourceColumn,
  text,
  type Column,
} from './column.js';
export { describeColumns } from './describe-columns.js';
export { describeFault } from './fault.js';
export { importFile } from './import-file.js';
export { defineKind, type ImportKind } from './kind.js';
export { runImport } from './run-import.js';
