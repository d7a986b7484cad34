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
