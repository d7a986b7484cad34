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
export { hostingColumns, madeForRehearsals, personColumns, siteColumns } from './common-columns.js';
export { describeColumns } from './describe-columns.js';
export { describeFault, type Fault } from './fault.js';
export {
  importFile,
  type ImportOptions,
  type ImportProgress,
  type ImportSummary,
} from './import-file.js';
export { defineKind, type ImportKind, type ListRows } from './kind.js';
export { runImport } from './run-import.js';
