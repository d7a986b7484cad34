export { packageFile } from './package-file.js';
export {
  TableError,
  address,
  checkRows,
  claimRow,
  countryCode,
  enumColumn,
  faultIn,
  optionalAddress,
  optionalInteger,
  optionalText,
  partialDate,
  readTable,
  text,
  textList,
  toGlobalId,
  trueOrFalse,
} from './read-table.js';
