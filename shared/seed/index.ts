export { packageFile } from './package-file.js';
export {
  TableError,
  enumColumn,
  optionalInteger,
  optionalText,
  partialDate,
  readTable,
  text,
  textList,
  toGlobalId,
} from './read-table.js';
