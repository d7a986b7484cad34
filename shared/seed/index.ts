export { packageFile } from './package-file.js';
export {
  enumColumn,
  optionalInteger,
  optionalText,
  partialDate,
  readTable,
  TableError,
  text,
  textList,
  toGlobalId,
} from './read-table.js';
